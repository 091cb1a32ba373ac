// The API's answer, by KPI and dimension. A figure it lacks is an unknown one: null, with a reason.
export class Figures {
  constructor(answer, countries, scopes, age = 0) {
    Object.assign(this, { answer, age, values: answer.values ?? [], countries: byId(countries), scopes: byId(scopes) });
    this.namesMissing = countries === null || scopes === null;
  }

  get(kpi, dimension = null, member = null) {
    return this.values.find(value => value.kpi === kpi && (dimension === null || value.dimensions?.[dimension] === member))
      ?? { kpi, value: null, absent: true, reason: null, rows: 0, evidence: {} };
  }

  // Nothing behind the cities and nothing behind the agreements: there is nothing to show, which is not the same as zeros.
  get isEmpty() {
    return !this.get('K03').rows && !this.get('K15', 'measure', 'count').rows;
  }

  country(id) {
    return this.countries.get(id) ?? { id };
  }

  get scope() {
    return this.scopes.get(this.answer.scope) ?? { id: this.answer.scope };
  }
}

export function isIllustrative(value) {
  return (value.evidence?.illustrative ?? 0) > 0;
}

function byId(rows) {
  return new Map((rows ?? []).map(row => [row.id, row]));
}
