// The answer of /api/v1/dashboard. Days are yyyy-MM-dd; a value that is not known is null.

export type Stage = 'FRIEND_CITY' | 'FRIENDLY_COOPERATION' | 'INTENTION';

/** From the closest to the loosest. */
export const stages: readonly Stage[] = ['FRIEND_CITY', 'FRIENDLY_COOPERATION', 'INTENTION'];

export interface Figure {
  kpi: string; part?: string; value: number | null; unit: string; numerator?: number | null; denominator?: number | null;
  items?: string[]; rows: number; illustrative: number; reason?: string;
}

export interface City { id: string; countryId: string; name: string; latitude: number | null; longitude: number | null }

export interface Country { id: string; name: string; stage: Stage | null }

export type Precision = 'day' | 'month' | 'year';

export interface Step { stage: string; date: string; precision: Precision; document: string | null; source: string; sourceRef: string | null }

export interface Tie {
  id: string; cityId: string; stage: Stage; since: string; illustrative: boolean; silent: boolean; lastActivity: string | null; lastActivityId: string | null; steps: Step[];
}

export interface Network {
  id: string; name: string; directions: string[]; nodes: { cityId: string; tied: boolean }[];
}

export interface Milestone { date: string; precision: Precision; kind: string; baseline: boolean; name: string }

export type Time = Record<Stage | 'scope', number[]> & { days: string[]; milestones: Milestone[] };

export interface Named { id: string; name: string }

export type ProjectState = 'INTENTION' | 'SIGNED' | 'IN_PROGRESS' | 'COMPLETED' | 'STALLED' | 'TERMINATED';

/** Of the sectors `columns` has those that the table shows, `*` for the others. */
export interface Projects { undated: number; centres: Named[]; sectors: Named[]; columns: string[] }

export interface Activities { last: string | null; lastWithCity: string | null; enteredLately: boolean }

export interface Target {
  id: string; kpi: string; name: string; actual: number | null; target: number | null; planned: number | null; pace: number | null; share: boolean;
  status: 'official' | 'proposed'; end: string; ended: boolean;
}

export interface Mechanism { id: string; name: string; held: number | null; planned: number | null; first: string | null }

export interface Platform { id: string; name: string; cityIds: string[] }

export const parts = ['industry', 'culture', 'logistics', 'trackRecord', 'platforms'] as const;
export type Part = (typeof parts)[number];

export type MatchedCity = Record<Part, number | null> & { cityId: string; tied: boolean; score: number | null };

export interface AlertKind {
  code: string; kpi: string | null; title: string; critical: number; warning: number; info: number; messages: string[];
}

export interface Anniversary { date: string; years: number; kind: string; precision: Precision; title: string }

export interface Agreement { id: string; title: string; state: 'soon' | 'overdue' | 'missing'; signed: string | null; until: string | null }

export interface Conflict { id: string; type: string; recordId: string; field: string | null; versions: { text: string; used: boolean }[] }

export interface Published { id: string; indicator: string; name: string; area: string; year: number; value: number | null; unit: string; source: string | null }

export interface Definition { kpi: string; name: string; formula: string; version: number }

export interface Page {
  view: string; language: string; asOf: string; today: string; baseline: string; scope: string; scopeName: string; scopeSize: number;
  scenarios: string[]; window: number; figures: Figure[]; compared: { kind: 'baseline' | 'lastYear'; day: string; figures: Figure[] }[];
  definitions: Definition[]; sentences: { text: string; illustrative: number }[]; ties: Tie[]; home?: City; cities: City[]; countries: Country[];
  networks: Network[]; time: Time; projects: Projects; activities: Activities; targets: Target[]; mechanisms: Mechanism[]; platforms: Platform[];
  match?: { weights: Record<Part, number>; cities: MatchedCity[] }; alerts: AlertKind[]; anniversaries: Anniversary[]; agreements: Agreement[]; conflicts: Conflict[];
  published: Published[];
}

const unknown: Figure = { kpi: '', value: null, unit: '', rows: 0, illustrative: 0 };

/** The answer with what panels look up in it. */
export class Model {
  private readonly byId: Map<string, City>;
  private readonly tieByCity: Map<string, Tie>;
  private readonly learnt = new Map<string, string>();

  /** @param age Seconds; @param readAt When it came. */
  constructor(readonly page: Page, readonly age: number, readonly readAt: Date) {
    this.byId = new Map(page.cities.map(city => [city.id, city]));
    this.tieByCity = new Map(page.ties.map(tie => [tie.cityId, tie]));
  }

  figure(kpi: string, part?: string): Figure {
    return find(this.page.figures, kpi, part);
  }

  /** How many a figure counts; of what there is none of there is no figure. */
  count(kpi: string, part?: string): number {
    return this.figure(kpi, part).value ?? 0;
  }

  /** The figure on the baseline or a year before. */
  before(kind: 'baseline' | 'lastYear', kpi: string, part?: string): Figure {
    return find(this.page.compared.find(each => each.kind === kind)?.figures ?? [], kpi, part);
  }

  city(id: string): City {
    return this.byId.get(id) ?? { id, countryId: '', name: id, latitude: null, longitude: null };
  }

  countryName(id: string): string {
    return this.page.countries.find(country => country.id === id)?.name ?? id;
  }

  /** The name of a city, a country or whatever else the page has by this id. */
  nameOf(id: string | undefined): string | undefined {
    const { home, cities, countries, mechanisms, projects, targets, platforms, networks, published } = this.page;
    return [...cities, ...countries, ...mechanisms, ...projects.centres, ...projects.sectors, ...targets, ...platforms, ...networks, ...published, home]
      .find(each => each?.id === id)?.name ?? this.learnt.get(id ?? '');
  }

  /** A sector's name; a centre may have the same id. */
  sectorName(id: string): string | undefined {
    return this.page.projects.sectors.find(sector => sector.id === id)?.name;
  }

  /** Names of what rows refer to and no panel shows, such as a city without a tie. */
  learn(records: { id: string; nameEn?: string | null; nameZh?: string | null }[]): void {
    for (const { id, nameEn, nameZh } of records) this.learnt.set(id, (this.page.language === 'en' ? nameEn : nameZh) ?? id);
  }

  tie(cityId: string): Tie | undefined {
    return this.tieByCity.get(cityId);
  }

  get gaps(): Country[] {
    return this.page.countries.filter(country => country.stage === null);
  }

  /** Nothing behind the cities and nothing behind the agreements: there is nothing to show, which is not the same as zeros. */
  get isEmpty(): boolean {
    return this.figure('K03').rows === 0 && this.figure('K15', 'count').rows === 0;
  }
}

function find(figures: Figure[], kpi: string, part?: string): Figure {
  return figures.find(figure => figure.kpi === kpi && figure.part === part) ?? unknown;
}
