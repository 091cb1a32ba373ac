-- The measures of the Power BI model once more, as SQL over the same Parquet files: a twin for each, without exception. The tests run them with DuckDB and compare
-- them with what the service's API answers; see MeasureTwinTests for what stands behind the "=". A row is (value), or (part, value) for figures told by parts; the
-- part null is the total. A table is a view of its file with the filters that a slicer, a click or a role puts on it, see TwinFilter: X_dated follows the dates
-- where the measure activates their relationship, X_undated and X_anywhere have no filter of dates and of cities. The variables are view, and today, which is the day TODAY () stands for.

-- [] prelude
CREATE MACRO snapshot_day() AS (SELECT max(snapshot_date) FROM snapshot_days);
CREATE MACRO register_day() AS (SELECT regexp_extract(content, '"snapshotDate":"([^"]*)"', 1)::DATE FROM read_text('current.json'));
CREATE MACRO kpi() AS TABLE
    SELECT * FROM kpi_daily WHERE "view" = getvariable('view') AND snapshot_date = snapshot_day();
CREATE MACRO city_day() AS TABLE
    SELECT * FROM kpi_city_daily WHERE "view" = getvariable('view') AND snapshot_date = snapshot_day();
CREATE MACRO headlines() AS TABLE
    SELECT * FROM kpi_daily WHERE "view" = getvariable('view')
    AND ((dimension IS NULL AND (measure IS NULL OR measure IN ('count', 'visits', 'score', 'due', 'closedOnTime')))
        OR (dimension, dimension_value) IN (('basis', 'reported'), ('tie', 'broad'), ('of', 'cities')));
CREATE MACRO headline() AS TABLE
    SELECT * FROM headlines() WHERE snapshot_date = snapshot_day();
CREATE MACRO days() AS TABLE
    SELECT DISTINCT snapshot_date FROM read_parquet('kpi_daily.parquet');
CREATE MACRO month_end() AS TABLE
    SELECT kpi_id, value FROM headlines() WHERE snapshot_date = last_day(snapshot_day() - INTERVAL 1 MONTH);
CREATE MACRO last_year() AS TABLE
    SELECT kpi_id, value FROM headlines() WHERE snapshot_date = (SELECT max(snapshot_date) FROM days()
        WHERE snapshot_date <= snapshot_day() - INTERVAL 12 MONTH AND snapshot_date > snapshot_day() - INTERVAL 12 MONTH - INTERVAL 31 DAY);
CREATE MACRO at_baseline() AS TABLE
    SELECT kpi_id, value FROM headlines() WHERE snapshot_date = (SELECT max(baseline) FROM read_parquet('kpi_daily.parquet')
        WHERE "view" = getvariable('view') AND snapshot_date = snapshot_day());
CREATE MACRO signed_tenths(change) AS (
    CASE WHEN change = 0 THEN '0' ELSE CASE WHEN change < 0 THEN '-' ELSE '+' END
        || printf('%,d', round(abs(change) * 10)::BIGINT // 10) || '.' || (round(abs(change) * 10)::BIGINT % 10) END);
CREATE MACRO change_told(change, unit) AS (
    CASE WHEN change IS NULL THEN '—'
        WHEN unit = 'ratio' THEN CASE WHEN change = 0 THEN '0.0%' ELSE printf('%+.1f%%', change * 100) END
        WHEN unit = 'CNY' THEN signed_tenths(change / 1000000) || ' m'
        WHEN unit IN ('days', 'points', 'CNY 100 m', 'activities per city') THEN signed_tenths(change)
        WHEN change = 0 THEN '0' ELSE CASE WHEN change < 0 THEN '-' ELSE '+' END || printf('%,d', round(abs(change))::BIGINT) END);
CREATE MACRO compared() AS TABLE
    SELECT today.kpi_id, today.dimension, today.dimension_value, today.measure,
        'month-end ' || change_told(today.value - before.value, today.unit)
            || ' · year ' || change_told(today.value - earlier.value, today.unit) AS told
    FROM kpi() AS today
    LEFT JOIN (SELECT * FROM kpi_daily WHERE "view" = getvariable('view') AND snapshot_date = last_day(snapshot_day() - INTERVAL 1 MONTH)) AS before
        ON (before.kpi_id, before.dimension, before.dimension_value, before.measure)
            IS NOT DISTINCT FROM (today.kpi_id, today.dimension, today.dimension_value, today.measure)
    LEFT JOIN (SELECT * FROM kpi_daily WHERE "view" = getvariable('view') AND snapshot_date = (SELECT max(snapshot_date) FROM days()
        WHERE snapshot_date <= snapshot_day() - INTERVAL 12 MONTH AND snapshot_date > snapshot_day() - INTERVAL 12 MONTH - INTERVAL 31 DAY)) AS earlier
        ON (earlier.kpi_id, earlier.dimension, earlier.dimension_value, earlier.measure)
            IS NOT DISTINCT FROM (today.kpi_id, today.dimension, today.dimension_value, today.measure)
    WHERE today.value IS NOT NULL;
CREATE MACRO illustrative() AS TABLE
    SELECT kpi_id FROM headline() WHERE illustrative_rows > 0
    UNION ALL SELECT kpi_id FROM kpi() WHERE illustrative_rows > 0 AND kpi_id NOT IN (SELECT kpi_id FROM headline());
CREATE MACRO snapshot_ids() AS TABLE
    SELECT snapshot_id FROM dim_date
    UNION ALL SELECT snapshot_id FROM snapshot_days
    UNION ALL SELECT snapshot_id FROM dim_country
    UNION ALL SELECT snapshot_id FROM dim_city
    UNION ALL SELECT snapshot_id FROM dim_sector
    UNION ALL SELECT snapshot_id FROM dim_centre
    UNION ALL SELECT snapshot_id FROM dim_kpi
    UNION ALL SELECT snapshot_id FROM fact_relationship_stage
    UNION ALL SELECT snapshot_id FROM fact_project
    UNION ALL SELECT snapshot_id FROM fact_activity
    UNION ALL SELECT snapshot_id FROM fact_embedding
    UNION ALL SELECT snapshot_id FROM kpi_daily
    UNION ALL SELECT snapshot_id FROM kpi_city_daily
    UNION ALL SELECT snapshot_id FROM alerts
    UNION ALL SELECT snapshot_id FROM dim_code;
CREATE MACRO standing() AS TABLE
    SELECT * FROM fact_relationship_stage
    WHERE is_current AND NOT is_end AND stage <> 'CONTACT' AND home_entity_level = 'city' AND scenario <> 'PLACEHOLDER';
CREATE MACRO standing_anywhere() AS TABLE
    SELECT * FROM fact_relationship_stage_anywhere
    WHERE is_current AND NOT is_end AND stage <> 'CONTACT' AND home_entity_level = 'city' AND scenario <> 'PLACEHOLDER';

-- [Selected View] = asked view
SELECT max("view") FROM kpi();

-- [Snapshot Day] = asked day
SELECT snapshot_day();

-- [Register Day] = snapshot snapshotDate
SELECT register_day();

-- [Figure] = kpi K03
SELECT value FROM kpi() WHERE kpi_id = 'K03';

-- [Figure Sum] = kpi K07 stage=*
SELECT NULL, sum(value) FROM kpi() WHERE kpi_id = 'K07';

-- [Data As Of] = asked asOf
SELECT max(as_of) FROM kpi();

-- [Rows Behind] = headline rows
SELECT kpi_id, rows FROM headline();

-- [Illustrative Rows] = headline illustrative
SELECT kpi_id, illustrative_rows FROM headline();

-- [Figures] = figures told
SELECT nullif(count(DISTINCT kpi_id), 0) FROM kpi();

-- [Illustrative Figures] = figures illustrative
SELECT count(DISTINCT kpi_id) FROM illustrative() HAVING EXISTS (FROM kpi());

-- [Evidence Summary] = figures summary
SELECT CASE WHEN illustrative > 0 THEN '⚠ ' || illustrative || ' of ' || told || ' figures rest on illustrative records' ELSE '✓ none of ' || told || ' figures rests on illustrative records' END
FROM (SELECT (SELECT count(DISTINCT kpi_id) FROM illustrative()) AS illustrative, (SELECT count(DISTINCT kpi_id) FROM kpi()) AS told) WHERE told > 0;

-- [Illustrative Share] = headline share
SELECT kpi_id, illustrative_rows / nullif(rows, 0) FROM headline();

-- [Evidence Mark] = headline mark
SELECT kpi_id, CASE WHEN illustrative_rows > 0 THEN '⚠ ' || illustrative_rows || ' / ' || rows || ' illustrative' ELSE '✓ none illustrative' END FROM headline();

-- [KPI Value] = headline value
SELECT kpi_id, value FROM headline();

-- [KPI Unit] = headline unit
SELECT kpi_id, unit FROM headline();

-- [KPI Numerator] = headline numerator
SELECT kpi_id, numerator FROM headline();

-- [KPI Denominator] = headline denominator
SELECT kpi_id, denominator FROM headline();

-- [KPI Items] = headline items
SELECT kpi_id, items_label_en FROM headline();

-- [KPI Reason] = headline reason
SELECT kpi_id, reason_en FROM headline();

-- [KPI Month-End] = headline value at=month
SELECT kpi_id, value FROM month_end();

-- [KPI Change to Month-End] = headline value since=month
SELECT kpi_id, headline.value - month_end.value FROM headline() AS headline JOIN month_end() AS month_end USING (kpi_id);

-- [KPI Last Year] = headline value at=year
SELECT kpi_id, value FROM last_year();

-- [KPI Change to Last Year] = headline value since=year
SELECT kpi_id, headline.value - last_year.value FROM headline() AS headline JOIN last_year() AS last_year USING (kpi_id);

-- [KPI Baseline] = headline value at=baseline
SELECT kpi_id, value FROM at_baseline();

-- [KPI Change to Baseline] = headline value since=baseline
SELECT kpi_id, headline.value - at_baseline.value FROM headline() AS headline JOIN at_baseline() AS at_baseline USING (kpi_id);

-- [KPI Target Attainment] = targets attainment
SELECT items, max(value) FROM kpi() WHERE kpi_id = 'K41' AND measure = 'attainment' GROUP BY items HAVING count(*) = 1;

-- [KPI Target Pace] = targets pace
SELECT items, max(value) FROM kpi() WHERE kpi_id = 'K41' AND measure = 'pace' GROUP BY items HAVING count(*) = 1;

-- [Formal Cities (Computed)] = kpi K01 basis=computed
SELECT value FROM kpi() WHERE kpi_id = 'K01' AND dimension = 'basis' AND dimension_value = 'computed' AND measure IS NULL;

-- [Formal Cities (Reported)] = kpi K01 basis=reported
SELECT value FROM kpi() WHERE kpi_id = 'K01' AND dimension = 'basis' AND dimension_value = 'reported' AND measure IS NULL;

-- [Formal Countries (Computed)] = kpi K02 basis=computed
SELECT value FROM kpi() WHERE kpi_id = 'K02' AND dimension = 'basis' AND dimension_value = 'computed' AND measure IS NULL;

-- [Formal Countries (Reported)] = kpi K02 basis=reported
SELECT value FROM kpi() WHERE kpi_id = 'K02' AND dimension = 'basis' AND dimension_value = 'reported' AND measure IS NULL;

-- [Reported Minus Computed] = kpi K43 of=cities
SELECT value FROM kpi() WHERE kpi_id = 'K43' AND dimension = 'of' AND dimension_value = 'cities' AND measure IS NULL;

-- [Circle Cities] = kpi K03
SELECT value FROM kpi() WHERE kpi_id = 'K03' AND dimension IS NULL AND measure IS NULL;

-- [Circle Countries] = kpi K04
SELECT value FROM kpi() WHERE kpi_id = 'K04' AND dimension IS NULL AND measure IS NULL;

-- [Coverage (Broad)] = kpi K05 tie=broad
SELECT value FROM kpi() WHERE kpi_id = 'K05' AND dimension = 'tie' AND dimension_value = 'broad' AND measure IS NULL;

-- [Coverage (Formal)] = kpi K05 tie=formal
SELECT value FROM kpi() WHERE kpi_id = 'K05' AND dimension = 'tie' AND dimension_value = 'formal' AND measure IS NULL;

-- [Growth (Broad)] = kpi K06 tie=broad
SELECT value FROM kpi() WHERE kpi_id = 'K06' AND dimension = 'tie' AND dimension_value = 'broad' AND measure IS NULL;

-- [Growth (Formal)] = kpi K06 tie=formal
SELECT value FROM kpi() WHERE kpi_id = 'K06' AND dimension = 'tie' AND dimension_value = 'formal' AND measure IS NULL;

-- [Cities by Stage] = kpi K07 stage=*
SELECT dimension_value, sum(value) FROM kpi() WHERE kpi_id = 'K07' AND dimension = 'stage' AND measure IS NULL GROUP BY GROUPING SETS ((dimension_value), ());

-- [Intention Conversion] = kpi K08
SELECT value FROM kpi() WHERE kpi_id = 'K08' AND dimension IS NULL AND measure IS NULL;

-- [Median Days to Formal] = kpi K09
SELECT value FROM kpi() WHERE kpi_id = 'K09' AND dimension IS NULL AND measure IS NULL;

-- [Stale Intentions] = kpi K10
SELECT value FROM kpi() WHERE kpi_id = 'K10' AND dimension IS NULL AND measure IS NULL;

-- [Coverage Gaps] = kpi K11
SELECT value FROM kpi() WHERE kpi_id = 'K11' AND dimension IS NULL AND measure IS NULL;

-- [Dormant Cities] = kpi K13
SELECT value FROM kpi() WHERE kpi_id = 'K13' AND dimension IS NULL AND measure IS NULL;

-- [Dormant Share] = kpi K13 field=part
SELECT max(value) FILTER (kpi_id = 'K13') / max(value) FILTER (kpi_id = 'K03') FROM kpi() WHERE dimension IS NULL AND measure IS NULL;

-- [Channel Relationships] = kpi K38 channel=* measure=relationships
SELECT dimension_value, sum(value) FROM kpi() WHERE kpi_id = 'K38' AND dimension = 'channel' AND measure = 'relationships' GROUP BY GROUPING SETS ((dimension_value), ());

-- [Channel Conversion] = kpi K38 channel=* measure=conversion
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K38' AND dimension = 'channel' AND measure = 'conversion';

-- [Activities per City] = kpi K12
SELECT value FROM kpi() WHERE kpi_id = 'K12' AND dimension IS NULL AND measure IS NULL;

-- [Visits] = kpi K14 measure=visits
SELECT value FROM kpi() WHERE kpi_id = 'K14' AND dimension IS NULL AND measure = 'visits';

-- [Visits Out] = kpi K14 measure=out
SELECT value FROM kpi() WHERE kpi_id = 'K14' AND dimension IS NULL AND measure = 'out';

-- [Visits In] = kpi K14 measure=in
SELECT value FROM kpi() WHERE kpi_id = 'K14' AND dimension IS NULL AND measure = 'in';

-- [Visit Reciprocity] = kpi K14 measure=reciprocity
SELECT value FROM kpi() WHERE kpi_id = 'K14' AND dimension IS NULL AND measure = 'reciprocity';

-- [SCO Frame Share] = kpi K26
SELECT value FROM kpi() WHERE kpi_id = 'K26' AND dimension IS NULL AND measure IS NULL;

-- [Donation Cities] = kpi K35
SELECT value FROM kpi() WHERE kpi_id = 'K35' AND dimension IS NULL AND measure IS NULL;

-- [Envoy Video Links] = kpi K36
SELECT value FROM kpi() WHERE kpi_id = 'K36' AND dimension IS NULL AND measure IS NULL;

-- [Promotions] = kpi K37
SELECT value FROM kpi() WHERE kpi_id = 'K37' AND dimension IS NULL AND measure IS NULL;

-- [Sector Breadth] = kpi K30
SELECT value FROM kpi() WHERE kpi_id = 'K30' AND dimension IS NULL AND measure IS NULL;

-- [Mechanism Regularity] = kpi K25 mechanism=* measure=regularity
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K25' AND dimension = 'mechanism' AND measure = 'regularity';

-- [Signed Projects] = kpi K15 measure=count
SELECT value FROM kpi() WHERE kpi_id = 'K15' AND dimension IS NULL AND measure = 'count';

-- [Signed Value (CNY)] = kpi K15 measure=value
SELECT value FROM kpi() WHERE kpi_id = 'K15' AND dimension IS NULL AND measure = 'value';

-- [Signed Without Value] = kpi K15 measure=withoutValue
SELECT value FROM kpi() WHERE kpi_id = 'K15' AND dimension IS NULL AND measure = 'withoutValue';

-- [Pipeline Projects] = kpi K16 measure=count
SELECT value FROM kpi() WHERE kpi_id = 'K16' AND dimension IS NULL AND measure = 'count';

-- [Pipeline Value (CNY)] = kpi K16 measure=value
SELECT value FROM kpi() WHERE kpi_id = 'K16' AND dimension IS NULL AND measure = 'value';

-- [Signed Share] = kpi K17
SELECT value FROM kpi() WHERE kpi_id = 'K17' AND dimension IS NULL AND measure IS NULL;

-- [Live Signed Share] = kpi K18
SELECT value FROM kpi() WHERE kpi_id = 'K18' AND dimension IS NULL AND measure IS NULL;

-- [Stalled Projects] = kpi K19
SELECT value FROM kpi() WHERE kpi_id = 'K19' AND dimension IS NULL AND measure IS NULL;

-- [Centre Signed Projects] = kpi K24 centre=* measure=signed
SELECT dimension_value, sum(value) FROM kpi() WHERE kpi_id = 'K24' AND dimension = 'centre' AND measure = 'signed' GROUP BY GROUPING SETS ((dimension_value), ());

-- [Centre Started Projects] = kpi K24 centre=* measure=started
SELECT dimension_value, sum(value) FROM kpi() WHERE kpi_id = 'K24' AND dimension = 'centre' AND measure = 'started' GROUP BY GROUPING SETS ((dimension_value), ());

-- [Centre Value (CNY)] = kpi K24 centre=* measure=value
SELECT dimension_value, sum(value) FROM kpi() WHERE kpi_id = 'K24' AND dimension = 'centre' AND measure = 'value' GROUP BY GROUPING SETS ((dimension_value), ());

-- [Centre Started Share] = kpi K24 centre=* measure=startedShare
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K24' AND dimension = 'centre' AND measure = 'startedShare';

-- [Hub Coverage (Broad)] = kpi K20
SELECT value FROM kpi() WHERE kpi_id = 'K20' AND dimension IS NULL AND measure IS NULL;

-- [Hub Coverage (Formal)] = kpi K21
SELECT value FROM kpi() WHERE kpi_id = 'K21' AND dimension IS NULL AND measure IS NULL;

-- [Hub Blanks] = kpi K22 network=*
SELECT dimension_value, sum(value) FROM kpi() WHERE kpi_id = 'K22' AND dimension = 'network' AND measure IS NULL GROUP BY GROUPING SETS ((dimension_value), ());

-- [Route Cities With Tie] = kpi K23
SELECT value FROM kpi() WHERE kpi_id = 'K23' AND dimension IS NULL AND measure IS NULL;

-- [SCODA Trade (CNY 100 m)] = kpi K44
SELECT value FROM kpi() WHERE kpi_id = 'K44' AND dimension IS NULL AND measure IS NULL;

-- [Embedding Share] = kpi K27
SELECT value FROM kpi() WHERE kpi_id = 'K27' AND dimension IS NULL AND measure IS NULL;

-- [Elements by Platform] = kpi K28 platform=*
SELECT dimension_value, sum(value) FROM kpi() WHERE kpi_id = 'K28' AND dimension = 'platform' AND measure IS NULL GROUP BY GROUPING SETS ((dimension_value), ());

-- [Platforms Fresh This Year] = kpi K29
SELECT value FROM kpi() WHERE kpi_id = 'K29' AND dimension IS NULL AND measure IS NULL;

-- [Strategy Coverage] = kpi K31
SELECT value FROM kpi() WHERE kpi_id = 'K31' AND dimension IS NULL AND measure IS NULL;

-- [Policy Coverage] = kpi K33
SELECT value FROM kpi() WHERE kpi_id = 'K33' AND dimension IS NULL AND measure IS NULL;

-- [Entry Points Delivered] = kpi K34
SELECT value FROM kpi() WHERE kpi_id = 'K34' AND dimension IS NULL AND measure IS NULL;

-- [Match Score] = kpi K32 city=* measure=score
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K32' AND dimension = 'city' AND measure = 'score';

-- [Match Industry] = kpi K32 city=* measure=industry
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K32' AND dimension = 'city' AND measure = 'industry';

-- [Match Culture] = kpi K32 city=* measure=culture
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K32' AND dimension = 'city' AND measure = 'culture';

-- [Match Logistics] = kpi K32 city=* measure=logistics
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K32' AND dimension = 'city' AND measure = 'logistics';

-- [Match Track Record] = kpi K32 city=* measure=trackRecord
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K32' AND dimension = 'city' AND measure = 'trackRecord';

-- [Match Platforms] = kpi K32 city=* measure=platforms
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K32' AND dimension = 'city' AND measure = 'platforms';

-- [Match Completeness] = kpi K32 city=* measure=completeness
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K32' AND dimension = 'city' AND measure = 'completeness';

-- [Match Potential] = kpi K32 city=* measure=potential
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K32' AND dimension = 'city' AND measure = 'potential';

-- [Depth Index] = kpi K45 city=*
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K45' AND dimension = 'city' AND measure IS NULL;

-- [Agreements Due] = kpi K39 measure=due
SELECT value FROM kpi() WHERE kpi_id = 'K39' AND dimension IS NULL AND measure = 'due';

-- [Agreements Overdue] = kpi K39 measure=overdue
SELECT value FROM kpi() WHERE kpi_id = 'K39' AND dimension IS NULL AND measure = 'overdue';

-- [Agreements Without Date] = kpi K39 measure=missing
SELECT value FROM kpi() WHERE kpi_id = 'K39' AND dimension IS NULL AND measure = 'missing';

-- [Data Quality] = kpi K40 measure=score
SELECT value FROM kpi() WHERE kpi_id = 'K40' AND dimension IS NULL AND measure = 'score';

-- [Rows With Source] = kpi K40 measure=source
SELECT value FROM kpi() WHERE kpi_id = 'K40' AND dimension IS NULL AND measure = 'source';

-- [Rows With Exact Day] = kpi K40 measure=dayPrecision
SELECT value FROM kpi() WHERE kpi_id = 'K40' AND dimension IS NULL AND measure = 'dayPrecision';

-- [Rows With Value] = kpi K40 measure=value
SELECT value FROM kpi() WHERE kpi_id = 'K40' AND dimension IS NULL AND measure = 'value';

-- [Open Conflicts] = kpi K40 measure=openConflicts
SELECT value FROM kpi() WHERE kpi_id = 'K40' AND dimension IS NULL AND measure = 'openConflicts';

-- [Target Attainment] = kpi K41 target=* measure=attainment
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K41' AND dimension = 'target' AND measure = 'attainment';

-- [Target Pace] = kpi K41 target=* measure=pace
SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K41' AND dimension = 'target' AND measure = 'pace';

-- [Follow-Ups Closed on Time] = kpi K42 measure=closedOnTime
SELECT value FROM kpi() WHERE kpi_id = 'K42' AND dimension IS NULL AND measure = 'closedOnTime';

-- [Follow-Ups Open] = kpi K42 measure=open
SELECT value FROM kpi() WHERE kpi_id = 'K42' AND dimension IS NULL AND measure = 'open';

-- [Inspections] = kpi K42 measure=inspections
SELECT value FROM kpi() WHERE kpi_id = 'K42' AND dimension IS NULL AND measure = 'inspections';

-- [Tied Cities] = kpi K03
SELECT count(*) FROM city_day() WHERE stage IS NOT NULL;

-- [Formally Tied Cities] = kpi K07 stage=FRIENDLY_COOPERATION|FRIEND_CITY
SELECT count(*) FROM city_day() WHERE is_formal;

-- [Silent Cities] = kpi K13
SELECT count(*) FROM city_day() WHERE is_dormant;

-- [City Projects] = list projects view=now where cityId ne null
SELECT sum(projects) FROM city_day();

-- [City Projects Signed] = list projects view=now where cityId ne null and status ne 'INTENTION'
SELECT sum(projects_signed) FROM city_day();

-- [City Activities (12 Months)] = kpi K12 field=numerator
SELECT sum(activities_12_months) FROM city_day() WHERE stage IS NOT NULL;

-- [Months Since Activity] = months view=now
SELECT city_id, datediff('month', last_activity, as_of) FROM city_day() WHERE last_activity IS NOT NULL;

-- [Cities] = list cities
SELECT count(*) FROM dim_city WHERE entity_level <> 'country';

-- [Latitude] = list cities average latitude
SELECT avg(latitude) FROM dim_city;

-- [Longitude] = list cities average longitude
SELECT avg(longitude) FROM dim_city;

-- [SCO Family Countries] = kpi K05 tie=broad field=denominator view=now
SELECT count(*) FROM dim_country WHERE sco_status IS NOT NULL AND country_id <> 'CN';

-- [SCO Countries Without Tie] = kpi K11 view=now
SELECT count(*) FROM dim_country WHERE sco_status IS NOT NULL AND country_id <> 'CN' AND country_id NOT IN (SELECT country_id FROM standing_anywhere() WHERE country_id IS NOT NULL);

-- [Standing Ties] = kpi K03 scope=world view=now
SELECT count(DISTINCT city_id) FROM standing();

-- [Standing Tie Countries] = kpi K04 scope=world view=now
SELECT count(DISTINCT country_id) FROM standing();

-- [Formal Ties] = kpi K01 basis=computed view=now
SELECT count(DISTINCT city_id) FROM standing() WHERE is_formal;

-- [Formal Tie Countries] = kpi K02 basis=computed view=now
SELECT count(DISTINCT country_id) FROM standing() WHERE is_formal;

-- [Intention Cities] = kpi K07 stage=INTENTION scope=world view=now
SELECT count(DISTINCT city_id) FROM standing() WHERE stage = 'INTENTION';

-- [Friendly Cooperation Cities] = kpi K07 stage=FRIENDLY_COOPERATION scope=world view=now
SELECT count(DISTINCT city_id) FROM standing() WHERE stage = 'FRIENDLY_COOPERATION';

-- [Friend Cities] = kpi K07 stage=FRIEND_CITY scope=world view=now
SELECT count(DISTINCT city_id) FROM standing() WHERE stage = 'FRIEND_CITY';

-- [Cities Ever Reached] = reached
SELECT reached.stage, count(DISTINCT city_id)
FROM (VALUES ('INTENTION', 1), ('FRIENDLY_COOPERATION', 2), ('FRIEND_CITY', 3)) reached(stage, place)
JOIN (SELECT city_id, list_position(['INTENTION', 'FRIENDLY_COOPERATION', 'FRIEND_CITY'], stage) AS place
    FROM fact_relationship_stage WHERE home_entity_level = 'city' AND scenario <> 'PLACEHOLDER') found ON found.place >= reached.place
GROUP BY reached.stage;

-- [Stage Events] = list relationships entries stages
SELECT count(*) FROM fact_relationship_stage_dated;

-- [Relationships] = list relationships
SELECT count(DISTINCT relationship_id) FROM fact_relationship_stage;

-- [Projects] = list projects
SELECT count(*) FROM fact_project;

-- [Projects Signed] = list projects where status ne 'INTENTION'
SELECT count(*) FROM fact_project WHERE status <> 'INTENTION';

-- [Projects Intended] = kpi K16 measure=count scope=world view=now
SELECT count(*) FROM fact_project WHERE status = 'INTENTION';

-- [Projects Live] = list projects where status in ('SIGNED','IN_PROGRESS','COMPLETED')
SELECT count(*) FROM fact_project WHERE status IN ('SIGNED', 'IN_PROGRESS', 'COMPLETED');

-- [Projects Started] = list projects where startDate le {day}
SELECT count(*) FROM fact_project WHERE start_date <= register_day();

-- [Projects Completed] = list projects where status eq 'COMPLETED'
SELECT count(*) FROM fact_project WHERE status = 'COMPLETED';

-- [Projects Stalled or Terminated] = list projects where status in ('STALLED','TERMINATED')
SELECT count(*) FROM fact_project WHERE status IN ('STALLED', 'TERMINATED');

-- [Projects of the Article] = list projects where countsInArticle eq true
SELECT count(*) FROM fact_project WHERE counts_in_article;

-- [Projects Without Value] = list projects where plannedValue eq null
SELECT count(*) FROM fact_project WHERE planned_value IS NULL;

-- [Planned Value] = list projects sum plannedValue by currency
SELECT currency, sum(planned_value)::DOUBLE FROM fact_project WHERE currency IS NOT NULL GROUP BY currency;

-- [Illustrative Projects] = list projects where source eq 'illustrative'
SELECT count(*) FROM fact_project WHERE evidence = 'illustrative';

-- [Activities] = list activities
SELECT count(*) FROM fact_activity;

-- [Activities (12 Months)] = list activities where date gt {yearBefore} and date le {day}
SELECT count(*) FROM fact_activity_undated WHERE activity_date > register_day() - INTERVAL 12 MONTH AND activity_date <= register_day();

-- [Delegations] = kpi K14 measure=visits scope=world view=now
SELECT count(*) FROM fact_activity WHERE activity_type IN ('DELEGATION_OUT', 'DELEGATION_IN');

-- [Online Activities] = list activities where mode eq 'online'
SELECT count(*) FROM fact_activity WHERE mode = 'online';

-- [Elements] = kpi K28 platform=* scope=world view=now
SELECT NULL, count(*) FROM fact_embedding WHERE stands;

-- [Embedded Cities] = list platforms distinct embeddings.cityId
SELECT count(DISTINCT city_id) FROM fact_embedding WHERE stands;

-- [Platforms With Elements] = list platforms where embeddings/any(e:e/cityId ne null)
SELECT count(DISTINCT platform_id) FROM fact_embedding WHERE stands;

-- [Alerts] = alerts
SELECT count(*) FROM alerts WHERE "view" = getvariable('view');

-- [Critical Alerts] = alerts critical
SELECT count(*) FROM alerts WHERE "view" = getvariable('view') AND severity = 'critical';

-- [Warnings] = alerts warning
SELECT count(*) FROM alerts WHERE "view" = getvariable('view') AND severity = 'warning';

-- [Snapshots Read] = one
SELECT count(DISTINCT snapshot_id) FROM snapshot_ids();

-- [Snapshot Check] = one words
SELECT CASE WHEN count(DISTINCT snapshot_id) > 1 THEN '⚠ ' || count(DISTINCT snapshot_id) || ' snapshots mixed: refresh again' ELSE '✓ one snapshot' END FROM snapshot_ids();

-- [Snapshot Published] = snapshot publishedAt
SELECT regexp_extract(content, '"published":\[\{[^}]*"publishedAt":"([^"]*)"', 1) FROM read_text('current.json');

-- [Snapshot Age (Days)] = age
SELECT datediff('day', regexp_extract(content, '"snapshotDate":"([^"]*)"', 1)::DATE, getvariable('today')::DATE) FROM read_text('current.json');

-- [KPI Compared] = compared
SELECT kpi_id, told FROM compared() AS compared JOIN headline() AS headline USING (kpi_id)
WHERE (compared.dimension, compared.dimension_value, compared.measure)
    IS NOT DISTINCT FROM (headline.dimension, headline.dimension_value, headline.measure);

-- [Circle Cities Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K03' AND dimension IS NULL AND measure IS NULL;

-- [Coverage (Broad) Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K05' AND dimension = 'tie' AND dimension_value = 'broad' AND measure IS NULL;

-- [Coverage (Formal) Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K05' AND dimension = 'tie' AND dimension_value = 'formal' AND measure IS NULL;

-- [Signed Projects Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K15' AND dimension IS NULL AND measure = 'count';

-- [Hub Coverage (Broad) Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K20' AND dimension IS NULL AND measure IS NULL;

-- [Hub Coverage (Formal) Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K21' AND dimension IS NULL AND measure IS NULL;

-- [Route Cities With Tie Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K23' AND dimension IS NULL AND measure IS NULL;

-- [SCODA Trade (CNY 100 m) Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K44' AND dimension IS NULL AND measure IS NULL;

-- [Coverage Gaps Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K11' AND dimension IS NULL AND measure IS NULL;

-- [Intention Conversion Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K08' AND dimension IS NULL AND measure IS NULL;

-- [Signed Value (CNY) Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K15' AND dimension IS NULL AND measure = 'value';

-- [Pipeline Projects Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K16' AND dimension IS NULL AND measure = 'count';

-- [Signed Share Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K17' AND dimension IS NULL AND measure IS NULL;

-- [Stalled Projects Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K19' AND dimension IS NULL AND measure IS NULL;

-- [Activities per City Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K12' AND dimension IS NULL AND measure IS NULL;

-- [Visits Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K14' AND dimension IS NULL AND measure = 'visits';

-- [Embedding Share Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K27' AND dimension IS NULL AND measure IS NULL;

-- [Match Score Compared] = compared
SELECT dimension_value, told FROM compared() WHERE kpi_id = 'K32' AND dimension = 'city' AND measure = 'score';

-- [Depth Index Compared] = compared
SELECT dimension_value, told FROM compared() WHERE kpi_id = 'K45' AND dimension = 'city' AND measure IS NULL;

-- [Agreements Due Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K39' AND dimension IS NULL AND measure = 'due';

-- [Data Quality Compared] = compared
SELECT told FROM compared() WHERE kpi_id = 'K40' AND dimension IS NULL AND measure = 'score';

-- [Selected View Name] = text
SELECT label_en FROM dim_code WHERE code_list = 'view' AND code = (SELECT max("view") FROM kpi());

-- [Shown Language] = text
SELECT CASE chosen WHEN 'auto' THEN CASE left(culture, 2) WHEN 'zh' THEN 'zh-CN' ELSE 'en' END ELSE chosen END
FROM (SELECT 'en' AS chosen, 'en-US' AS culture);

-- [Page Overview] = text
SELECT 'Overview';

-- [Question Overview] = text
SELECT 'How large the circle is, where its gaps are, what to look at first';

-- [Note Overview] = text
SELECT 'Figures are those of the last snapshot up to the chosen day. What is not known stays empty, it is never zero.';

-- [Page Map and networks] = text
SELECT 'Map and networks';

-- [Question Map and networks] = text
SELECT 'Where the cities with a tie are, and which hubs and routes they reach';

-- [Note Map and networks] = text
SELECT 'The ground shows the outline of land only: no borders, nothing from elsewhere. Broad coverage counts intentions too, formal coverage does not.';

-- [Page Ties and coverage] = text
SELECT 'Ties and coverage';

-- [Question Ties and coverage] = text
SELECT 'Which countries have no city yet, and how far ties have come';

-- [Note Ties and coverage] = text
SELECT 'Figures follow the view and the day; the country filter acts on what shows the register, and on where each city stands.';

-- [Page Projects] = text
SELECT 'Projects';

-- [Question Projects] = text
SELECT 'Signed and started, by “4+1” centre and by sector';

-- [Note Projects] = text
SELECT 'Figures and centres follow the view; sectors and the list show the register, and only they follow the country filter.';

-- [Page Activities, platforms] = text
SELECT 'Activities, platforms';

-- [Question Activities, platforms] = text
SELECT 'How regular exchange is, who has fallen silent, which platforms carry elements';

-- [Note Activities, platforms] = text
SELECT 'The country filter acts on silent cities and elements; charts and lists of the register follow neither the view nor the day.';

-- [Page City profile] = text
SELECT 'City profile';

-- [Question City profile] = text
SELECT 'One city: its match, its tie, its projects and elements';

-- [Note City profile] = text
SELECT 'From other pages: right-click a city, drill through.';

-- [Page Alerts and quality] = text
SELECT 'Alerts and quality';

-- [Question Alerts and quality] = text
SELECT 'What somebody should look at, and whether figures and connection can be relied on';

-- [Note Alerts and quality] = text
SELECT 'Alerts are of the newest snapshot''s day and follow the view, not the day chosen. When a refresh fails, read the setup check from the top.';

-- [Title Basis] = text
SELECT 'Basis';

-- [Title Evidence] = text
SELECT 'Evidence';

-- [Title View] = text
SELECT 'View';

-- [Title As of] = text
SELECT 'As of';

-- [Title Country] = text
SELECT 'Country';

-- [Title City] = text
SELECT 'City';

-- [Title Back] = text
SELECT 'Back';

-- [Title Language] = text
SELECT 'Language';

-- [Title Key figures] = text
SELECT 'Key figures';

-- [Title Note] = text
SELECT 'Note';

-- [Title The circle through time] = text
SELECT 'The circle through time';

-- [Title Cities by stage] = text
SELECT 'Cities by stage';

-- [Title Targets: reached and pace] = text
SELECT 'Targets: reached and pace';

-- [Title Every figure] = text
SELECT 'Every figure';

-- [Title Critical alerts] = text
SELECT 'Critical alerts';

-- [Title Cities of the SCO region] = text
SELECT 'Cities of the SCO region';

-- [Title Every city of the register] = text
SELECT 'Every city of the register';

-- [Title Cities with a tie] = text
SELECT 'Cities with a tie';

-- [Title Coverage of each network] = text
SELECT 'Coverage of each network';

-- [Title Hubs without a tie, cities reached] = text
SELECT 'Hubs without a tie, cities reached';

-- [Title Regions: covered, missing (register)] = text
SELECT 'Regions: covered, missing (register)';

-- [Title No tie (register)] = text
SELECT 'No tie (register)';

-- [Title Ever reached (register)] = text
SELECT 'Ever reached (register)';

-- [Title Steps taken each year (register)] = text
SELECT 'Steps taken each year (register)';

-- [Title Ties by opening channel] = text
SELECT 'Ties by opening channel';

-- [Title Where each city stands] = text
SELECT 'Where each city stands';

-- [Title More figures] = text
SELECT 'More figures';

-- [Title By centre: signed and started] = text
SELECT 'By centre: signed and started';

-- [Title By sector (register)] = text
SELECT 'By sector (register)';

-- [Title List of projects (register)] = text
SELECT 'List of projects (register)';

-- [Title Activities each year (register)] = text
SELECT 'Activities each year (register)';

-- [Title How regular brands and mechanisms are] = text
SELECT 'How regular brands and mechanisms are';

-- [Title Silent cities] = text
SELECT 'Silent cities';

-- [Title Activities (register)] = text
SELECT 'Activities (register)';

-- [Title Platforms and cities (register)] = text
SELECT 'Platforms and cities (register)';

-- [Title Elements (register)] = text
SELECT 'Elements (register)';

-- [Title The five parts of the match score] = text
SELECT 'The five parts of the match score';

-- [Title The tie so far (register)] = text
SELECT 'The tie so far (register)';

-- [Title The city] = text
SELECT 'The city';

-- [Title Projects of the city (register)] = text
SELECT 'Projects of the city (register)';

-- [Title Elements on platforms (register)] = text
SELECT 'Elements on platforms (register)';

-- [Title By kind and severity] = text
SELECT 'By kind and severity';

-- [Title List of alerts] = text
SELECT 'List of alerts';

-- [Title Quality of each type of record] = text
SELECT 'Quality of each type of record';

-- [Title What figures rest on, and what is not known] = text
SELECT 'What figures rest on, and what is not known';

-- [Title Setup check] = text
SELECT 'Setup check';

-- [Title The snapshot that was read] = text
SELECT 'The snapshot that was read';

-- [Name Data As Of] = text
SELECT 'Day of the figures';

-- [Name Selected View Name] = text
SELECT 'View';

-- [Name Snapshot Check] = text
SELECT 'Snapshot';

-- [Name Circle Cities] = text
SELECT 'Circle Cities';

-- [Name Coverage (Broad)] = text
SELECT 'Coverage (Broad)';

-- [Name Coverage (Formal)] = text
SELECT 'Coverage (Formal)';

-- [Name Signed Projects] = text
SELECT 'Signed Projects';

-- [Name Critical Alerts] = text
SELECT 'Critical Alerts';

-- [Name Hub Coverage (Broad)] = text
SELECT 'Hub Coverage (Broad)';

-- [Name Hub Coverage (Formal)] = text
SELECT 'Hub Coverage (Formal)';

-- [Name Hub Blanks] = text
SELECT 'Hub Blanks';

-- [Name Route Cities With Tie] = text
SELECT 'Route Cities With Tie';

-- [Name SCODA Trade (CNY 100 m)] = text
SELECT 'SCODA Trade (CNY 100 m)';

-- [Name Coverage Gaps] = text
SELECT 'Coverage Gaps';

-- [Name SCO Family Countries] = text
SELECT 'SCO Family Countries';

-- [Name Intention Conversion] = text
SELECT 'Intention Conversion';

-- [Name Signed Value (CNY)] = text
SELECT 'Signed Value (CNY)';

-- [Name Pipeline Projects] = text
SELECT 'Pipeline Projects';

-- [Name Signed Share] = text
SELECT 'Signed Share';

-- [Name Stalled Projects] = text
SELECT 'Stalled Projects';

-- [Name Activities per City] = text
SELECT 'Activities per City';

-- [Name Dormant Share] = text
SELECT 'Dormant Share';

-- [Name Visits] = text
SELECT 'Visits';

-- [Name Embedding Share] = text
SELECT 'Embedding Share';

-- [Name Embedded Cities] = text
SELECT 'Embedded Cities';

-- [Name Match Score] = text
SELECT 'Match Score';

-- [Name Depth Index] = text
SELECT 'Depth Index';

-- [Name City Projects] = text
SELECT 'City Projects';

-- [Name City Activities (12 Months)] = text
SELECT 'City Activities (12 Months)';

-- [Name Months Since Activity] = text
SELECT 'Months Since Activity';

-- [Name Alerts] = text
SELECT 'Alerts';

-- [Name Agreements Due] = text
SELECT 'Agreements Due';

-- [Name Data Quality] = text
SELECT 'Data Quality';

-- [Name Illustrative Figures] = text
SELECT 'Illustrative Figures';
