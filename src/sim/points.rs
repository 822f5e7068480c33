//! Recovery points, computed from the calendar: one a week on the instance's day and hour, up to now.
//!
//! A point's id comes from its instance and week, so it stays the same over reloads while new points join.

use super::errors::{Answered, invalid_input, not_found, ok};
use super::listing::{after, next_link, page_end};
use super::request::Asked;
use super::text::{NEVER, array, fill, guid, hash, hex32, join, time};
use super::world::Instance;
use crate::moment::{Moment, Span};

const DAY: i64 = 86_400_000;
const WEEK: i64 = 7 * DAY;

/// The first Monday after 1970-01-01, which was a Thursday.
const FIRST_MONDAY: i64 = 4 * DAY;

/// One backup of an instance.
pub struct Point {
    /// The week it belongs to, counted from [`FIRST_MONDAY`].
    pub week: i64,
    /// When it was made.
    pub at: Moment,
    /// Its id, also its resource name.
    pub id: String,
}

/// When the backup of a week is due.
fn due(instance: &Instance, week: i64) -> Moment {
    Moment::from_millis(FIRST_MONDAY + week * WEEK + instance.weekday * DAY + instance.hour * 3_600_000)
}

fn at_week(instance: &Instance, week: i64) -> Point {
    let seed = [instance.server, &week.to_string()];
    // Backups start a few minutes after they are due.
    let late = 120_000 + (hash(&seed) % 225_000) as i64;
    Point { week, at: due(instance, week) + Span::from_millis(late), id: hex32(&seed) }
}

/// Where a week stands in a round of 40, of which one is left out and one is partial.
fn oddity(instance: &Instance, week: i64) -> Option<i64> {
    instance.gaps.then_some(week.rem_euclid(40))
}

fn is_partial(instance: &Instance, week: i64) -> bool {
    oddity(instance, week) == Some(23)
}

/// Whether the backup of a week did not happen.
pub fn is_missing(instance: &Instance, week: i64) -> bool {
    oddity(instance, week) == Some(31)
}

fn newest_week(instance: &Instance, now: Moment) -> i64 {
    let until = match instance.until {
        0 => now,
        day => now.min(Moment::from_millis((day + 1) * DAY)),
    };
    let week = (until.millis() - FIRST_MONDAY).div_euclid(WEEK);
    let week = if at_week(instance, week).at > until { week - 1 } else { week };
    week - instance.lag
}

/// Every point of an instance, newest first.
pub fn all(instance: &Instance, now: Moment) -> Vec<Point> {
    let newest = newest_week(instance, now);
    (0..instance.weeks)
        .map(|back| newest - back)
        .filter(|week| !is_missing(instance, *week))
        .map(|week| at_week(instance, week))
        .collect()
}

/// The backups that were due lately, those that failed as well, oldest first: for the list of jobs.
pub fn due_since(instance: &Instance, from: Moment, now: Moment) -> Vec<Point> {
    let newest = newest_week(instance, now) + instance.lag;
    let weeks = (newest - 3)..=newest;
    weeks.map(|week| at_week(instance, week)).filter(|p| p.at >= from && p.at <= now).collect()
}

/// The point of this id, if it is kept.
pub fn find(instance: &Instance, now: Moment, id: &str) -> Option<Point> {
    all(instance, now).into_iter().find(|p| p.id.eq_ignore_ascii_case(id))
}

const POINT: &str = r#"{"properties":{
    "objectType":"AzureBackupDiscreteRecoveryPoint",
    "recoveryPointId":"{id}",
    "recoveryPointTime":"{at}",
    "recoveryPointType":"Full",
    "friendlyName":"{friendly}",
    "recoveryPointDataStoresDetails":[{
        "id":"{store}","type":"VaultStore","creationTime":"{at}","expiryTime":null,"metaData":null,
        "visible":true,"state":"COMMITTED","rehydrationExpiryTime":null,"rehydrationStatus":null}],
    "retentionTagName":"{tag}",
    "retentionTagVersion":"638512345678901234",
    "policyName":"{policy}",
    "policyVersion":null{!later}},
    "id":"{instance}/recoveryPoints/{id}",
    "name":"{id}",
    "type":"Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints"}"#;

/// A point as recorded traffic shows it: `expiryTime` null, `friendlyName` another id, the tag in either casing, and
/// neither expiry nor state under the first api-version.
fn body(asked: &Asked, instance: &Instance, point: &Point) -> String {
    let later = match is_partial(instance, point.week) {
        _ if !asked.is_later() => "",
        true => r#","expiryTime":null,"recoveryPointState":"Partial""#,
        false => r#","expiryTime":null,"recoveryPointState":"Completed""#,
    };
    let tag = if point.week % 2 == 0 { "Default" } else { "default" };
    fill(
        POINT,
        &[
            ("id", &point.id),
            ("at", &time(point.at)),
            ("friendly", &hex32(&["friendly", &point.id])),
            ("store", &guid(&["store", instance.vault])),
            ("tag", tag),
            ("policy", instance.policy),
            ("later", later),
            ("instance", &instance.id()),
        ],
    )
}

/// GET one point.
pub fn get(asked: &Asked, instance: &Instance, id: &str) -> Answered {
    let point = find(instance, asked.now, id).ok_or_else(not_found)?;
    Ok(ok(body(asked, instance, &point)))
}

/// GET the list: filtered, newest first, in pages. A single page has no member `nextLink` at all.
pub fn list(asked: &Asked, instance: &Instance) -> Answered {
    let filter = asked.query_value("$filter").unwrap_or_default();
    let (from, to) = parse_filter(&filter).ok_or_else(invalid_input)?;
    let within = |at: Moment| from.is_none_or(|from| at >= from) && to.is_none_or(|to| at <= to);
    let points: Vec<Point> = all(instance, asked.now).into_iter().filter(|p| within(p.at)).collect();
    let ids: Vec<String> = points.iter().map(|p| p.id.clone()).collect();
    let from = match asked.query_value("$skipToken") {
        Some(token) => after(&ids, &token).ok_or_else(invalid_input)?,
        None => 0,
    };
    let (until, token) = page_end(&ids, from, instance.page);
    let next = next_link(asked, &join(&[&instance.id(), "/recoveryPoints"]), &["$filter"], &token);
    let told = points.get(from..until).unwrap_or_default();
    let rows: Vec<String> = told.iter().map(|p| body(asked, instance, p)).collect();
    Ok(ok(fill(r#"{"value":{!rows}{!next}}"#, &[("rows", &array(&rows)), ("next", &next)])))
}

/// `startDate eq '…' and endDate eq '…'`, either half alone, or nothing at all, as the az command line sends it
/// (`az dataprotection recovery-point list`, recorded with 2024-04-01). The OpenAPI has no grammar for it.
fn parse_filter(text: &str) -> Option<(Option<Moment>, Option<Moment>)> {
    let (mut from, mut to) = (None, None);
    for half in text.split(" and ").filter(|half| !half.trim().is_empty()) {
        let (name, value) = half.trim().split_once(" eq ")?;
        let at = Moment::parse(value.trim().strip_prefix('\'')?.strip_suffix('\'')?)?;
        match name.trim().to_ascii_lowercase().as_str() {
            "startdate" => from = Some(at),
            "enddate" => to = Some(at),
            _ => return None,
        }
    }
    Some((from, to))
}

/// `{"recoveryPointID":…,"recoveryPointTime":…}` of the point that a job reads.
pub fn reference(instance: &Instance, now: Moment, id: &str) -> String {
    let at = find(instance, now, id).map_or_else(|| NEVER.to_string(), |p| time(p.at));
    fill(r#"{"recoveryPointID":"{id}","recoveryPointTime":"{at}"}"#, &[("id", id), ("at", &at)])
}
