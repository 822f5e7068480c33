//! Links: what is read is printed and read back, and carries nothing but what a link may carry.

use super::{Seen, Target};
use pgflex_restore::azure::id::percent_decode;
use pgflex_restore::link::{Link, MOST_POINTS, Place, Problem, Which, Wish, World};

pub const TARGET: Target = Target {
    name: "link",
    check,
    sights: &[
        "a job",
        "a key twice",
        "a missing key",
        "a page without a subject",
        "a plan",
        "a point",
        "a restore",
        "a subscription",
        "a vault",
        "an instance",
        "an unknown page",
        "malformed",
        "newer",
        "the demo",
        "the last point before a moment",
        "the newest point",
        "too many points",
    ],
};

/// All that a link says of what it is about. Neither a target, a host, a login nor a secret has a place here.
const KEYS: [&str; 8] = ["v", "subscription", "vault", "instance", "point", "points", "prefix", "job"];

/// Longer than this no mail and no chat breaks a link of one point. One of several is so much longer for each.
const LONGEST: usize = 2048;

/// Longer than this no link is read.
const LONGEST_READ: usize = 32_768;

fn check(text: &str, seen: &mut Seen) {
    let link = match Link::parse(text) {
        Ok(link) => link,
        Err(problem) => return refused(text, &problem, seen),
    };
    seen.insert(match &link.place {
        Place::Start | Place::Find | Place::Activity | Place::About | Place::States => "a page without a subject",
        Place::FindVault(_) => "a subscription",
        Place::FindInstance(_) => "a vault",
        Place::Points(_, None) => "an instance",
        Place::Points(_, Some(Which::Point(..))) | Place::Target(_) | Place::Review(_) => "a point",
        Place::Points(_, Some(Which::Newest)) => "the newest point",
        Place::Points(_, Some(Which::Before(_))) => "the last point before a moment",
        Place::Plan(_) | Place::PlanTarget(_) => "a plan",
        Place::Restore(..) => "a restore",
        Place::Job(_) => "a job",
        Place::State(_) => "an example of a state",
    });
    if link.world == World::Demo {
        seen.insert("the demo");
    }
    // Who answers is decided before the link is read, and by another function.
    assert_eq!(link.world, World::of(text), "{text:?}");

    let printed = link.print();
    let read = Link::parse(&printed).expect("what is printed can be read");
    assert_eq!(read, link, "{printed}");
    // Ids compare without case: the spelling has to survive as well.
    assert_eq!(read.print(), printed);
    assert_eq!(World::of(&printed), link.world, "{printed}");
    carries_no_more_than_it_may(&printed, points(&link.place));
    // A later version of the program may say more.
    let sign = if printed.contains('?') { '&' } else { '?' };
    assert_eq!(Link::parse(&format!("{printed}{sign}later=1")), Ok(link), "{printed}");
}

fn points(place: &Place) -> usize {
    let (Place::Plan(wishes) | Place::PlanTarget(wishes)) = place else { return 1 };
    assert!(wishes.len() <= MOST_POINTS, "{} points", wishes.len());
    let twice = |(at, wish): (usize, &Wish)| {
        wishes.iter().take(at).any(|known| known.point().is_some_and(|point| wish.is(&point)))
    };
    assert!(!wishes.iter().enumerate().any(twice), "a point is asked for twice");
    wishes.len()
}

fn carries_no_more_than_it_may(printed: &str, points: usize) {
    assert!(printed.len() <= LONGEST * points.max(1), "{} bytes", printed.len());
    assert!(printed.bytes().all(|b| b.is_ascii_alphanumeric() || b"#/?=&-_.~%()@:,".contains(&b)), "{printed}");
    let (_, query) = printed.split_once('?').unwrap_or((printed, ""));
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').expect("a key and its value");
        assert!(KEYS.contains(&key), "{key} in {printed}");
        // An address or a login cannot be spelled with these.
        let value = percent_decode(value).expect("our own encoding");
        assert!(value.chars().all(|c| c.is_alphanumeric() || "/-_.()@:,".contains(c)), "{value:?}");
    }
}

fn refused(text: &str, problem: &Problem, seen: &mut Seen) {
    let sight = match problem {
        // Too long to be kept as well.
        Problem::TooLong => {
            assert!(text.len() > LONGEST_READ, "{} bytes are no long link", text.len());
            return;
        }
        Problem::TooMany => "too many points",
        Problem::UnknownPage => "an unknown page",
        Problem::Newer => "newer",
        Problem::Missing(key) => {
            // Whoever is to mend the link is told where.
            assert!(KEYS.contains(key), "{key}");
            "a missing key"
        }
        Problem::Malformed(key) => {
            assert!(KEYS.contains(key) || *key == "query", "{key}");
            "malformed"
        }
        Problem::Twice(key) => {
            let decoded = |pair: &str| percent_decode(pair.split('=').next().unwrap_or_default());
            let query = text.split_once('?').map_or("", |(_, query)| query);
            let times = query.split('&').filter(|pair| decoded(pair).as_deref() == Some(key)).count();
            assert!(times >= 2, "{key:?} stands {times} times in {text:?}");
            "a key twice"
        }
    };
    seen.insert(sight);
}
