//! Jobs that nobody started here: a vault's own week, its backups and the restores that somebody else does; and some that
//! can be linked to.

use super::{Job, KEPT, LISTED_AFTER, lasts};
use crate::moment::{Moment, Span};
use crate::sim::faults::Effect;
use crate::sim::points::{self, due_since};
use crate::sim::problems::{BACKUP_FAILS, ROLES_LEFT_OUT, VANISHED};
use crate::sim::text::{between, guid, hash, join};
use crate::sim::world::{Instance, Vault};

/// How a backup fails.
static BACKUP_FAILED: Effect = Effect::Job(0, &BACKUP_FAILS);

/// A restore that somebody else does each week: the server, how many hours after its backup, the container, how its
/// prefix begins, and what becomes of it, where that is out of the ordinary.
type Weekly = (&'static str, i64, &'static str, &'static str, Option<&'static Effect>);

static WEEKLY: [Weekly; 3] = [
    ("psql-catalog-prod", 15, "https://stordersrestoreweu.blob.core.windows.net/exports", "drill-catalog-", None),
    ("psql-gitea", 10, "https://stgiteabackupweu.blob.core.windows.net/repositories", "gitea-", Some(&CONTAINER_LOST)),
    ("psql-sonarqube", 36, "https://stordersrestoreweu.blob.core.windows.net/exports", "sonarqube-", Some(&ROLES_LOST)),
];

/// How the one restore fails, and how the other one ends with a warning.
static CONTAINER_LOST: Effect = Effect::Job(95_000, &VANISHED);
static ROLES_LOST: Effect = Effect::Warned(&ROLES_LEFT_OUT);

const HOUR: i64 = 3_600_000;

/// What belongs to an instance's own week.
pub fn of_the_week(instance: &'static Instance, now: Moment, jobs: &mut Vec<Job>) {
    if instance.weeks == 0 || instance.until != 0 || (instance.lag > 0 && instance.state != "ProtectionError") {
        return;
    }
    // What is restored later than its backup is remembered longer: what is forgotten goes below.
    for point in due_since(instance, now - KEPT - Span::from_secs(2 * 86_400), now) {
        let failed = instance.lag > 0 || points::is_missing(instance, point.week);
        jobs.push(Job {
            id: guid(&["backup", &point.id]),
            activity: guid(&["backup activity", &point.id]),
            instance,
            start: point.at,
            // Recorded for a small server: 15 min 40 s.
            end: point.at + between(hash(&[&point.id]), 940_000, 120_000),
            effect: failed.then_some(&BACKUP_FAILED),
            listed_after: LISTED_AFTER,
            point: point.id.clone(),
            target: None,
        });
        for (_, hours, container, begins, effect) in WEEKLY.iter().filter(|(server, ..)| *server == instance.server) {
            let start = point.at + Span::from_secs(hours * 3600);
            let takes = lasts(*effect, instance, &point.id);
            jobs.push(Job {
                id: guid(&["drill", &point.id]),
                activity: guid(&["drill activity", &point.id]),
                instance,
                start,
                end: start + takes,
                effect: *effect,
                listed_after: LISTED_AFTER,
                target: Some(((*container).to_string(), join(&[begins, point.at.iso().get(..10).unwrap_or_default()]))),
                point: point.id.clone(),
            });
        }
    }
}

/// The restores of a server that somebody else restores again and again: the last few of them.
pub fn of_somebody(instance: &'static Instance, (each, takes): (i64, Span), now: Moment, jobs: &mut Vec<Job>) {
    let newest = now.millis().div_euclid(each);
    for turn in newest - 3..=newest {
        let (seed, start) = (turn.to_string(), Moment::from_millis(turn * each));
        let Some(point) = points::all(instance, start).into_iter().next() else { continue };
        jobs.push(Job {
            id: guid(&["turn", &seed]),
            activity: guid(&["turn activity", &seed]),
            instance,
            start,
            end: start + takes,
            effect: None,
            listed_after: LISTED_AFTER,
            target: Some((
                "https://stdemoweu.blob.core.windows.net/drill-2026-11".to_string(),
                join(&["rehearsal-", &seed]),
            )),
            point: point.id,
        });
    }
}

/// A job by whose id it can be linked to for ever: of one server, and what becomes of it. It began at the last full hour
/// but so many.
type Standing = (&'static str, i64, Option<&'static Effect>);

static STANDING: [Standing; 4] = [
    // It takes longer than an hour: one is always running.
    ("psql-warehouse", 0, None),
    ("psql-orders-demo", 3, None),
    ("psql-job-warns", 3, Some(&ROLES_LOST)),
    ("psql-files-exist", 3, Some(&CONTAINER_LOST)),
];

/// The job of this id, if it is one of those that stand for ever. No list shows them.
pub fn standing(vault: &Vault, now: Moment, id: &str) -> Option<Job> {
    let ours = |i: &&Instance| guid(&["standing", i.server]).eq_ignore_ascii_case(id);
    let instance = vault.instances().find(ours)?;
    let (_, hours, effect) = STANDING.iter().find(|(server, ..)| *server == instance.server)?;
    let start = Moment::from_millis((now.millis().div_euclid(HOUR) - hours) * HOUR);
    let takes = lasts(*effect, instance, id);
    Some(Job {
        id: guid(&["standing", instance.server]),
        activity: guid(&["standing activity", instance.server]),
        instance,
        start,
        end: start + takes,
        effect: *effect,
        listed_after: LISTED_AFTER,
        point: points::all(instance, start).into_iter().next()?.id,
        target: Some((
            "https://stdemoweu.blob.core.windows.net/drill-2026-11".to_string(),
            join(&["standing-", instance.server]),
        )),
    })
}
