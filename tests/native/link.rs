//! Links: what is printed is read back, what was given out once opens for ever, what is broken says why.

use crate::any;
use arbtest::arbitrary::{Result as Drawn, Unstructured};
use arbtest::arbtest;
use pgflex_restore::azure::id::InstanceId;
use pgflex_restore::link::{Link, Place, Prefix, Which, Wish, World};

const SUB: &str = "11111111-2222-4333-8444-555555555555";
const ID: &str = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/\
                  Microsoft.DataProtection/backupVaults/vault";

fn told(link: &Link) -> String {
    let (name, of) = match &link.place {
        Place::Start => ("Start", String::new()),
        Place::Find => ("Find", String::new()),
        Place::FindVault(id) => ("FindVault", id.to_string()),
        Place::FindInstance(vault) => ("FindInstance", vault.path()),
        Place::Points(instance, None) => ("Points", instance.path()),
        Place::Points(instance, Some(which)) => ("Points", point(instance, which)),
        Place::Plan(wishes) => ("Plan", several(wishes)),
        Place::PlanTarget(wishes) => ("PlanTarget", several(wishes)),
        Place::Target(point) => ("Target", point.path()),
        Place::Review(point) => ("Review", point.path()),
        Place::Restore(point, prefix) => ("Restore", format!("{point} {}", prefix.as_str())),
        Place::Job(job) => ("Job", job.path()),
        Place::Activity => ("Activity", String::new()),
        Place::About => ("About", String::new()),
    };
    format!("{:?} {name} {of}", link.world).trim_end().to_string()
}

fn point(instance: &InstanceId, which: &Which) -> String {
    match which {
        Which::Point(name, None) => format!("{instance}/recoveryPoints/{name}"),
        Which::Point(name, Some(made)) => format!("{instance}/recoveryPoints/{name} made {}", made.iso()),
        Which::Newest => format!("{instance} newest"),
        Which::Before(moment) => format!("{instance} before {}", moment.iso()),
    }
}

fn several(wishes: &[Wish]) -> String {
    let all: Vec<String> = wishes.iter().map(|wish| point(&wish.instance, &wish.which)).collect();
    all.join(", ")
}

/// A fragment and what it opens, or why it opens nothing.
#[track_caller]
fn check(fragment: &str, expected: &str) {
    let fragment = fragment.replace("SUB", SUB).replace("ID", ID);
    let told = match Link::parse(&fragment) {
        Ok(link) => told(&link),
        Err(problem) => format!("{problem:?}"),
    };
    assert_eq!(told, expected.replace("SUB", SUB).replace("ID", ID), "of {fragment:?}");
}

fn any_link(u: &mut Unstructured<'_>) -> Drawn<Link> {
    let place = match u.int_in_range(0..=13)? {
        0 => Place::Start,
        1 => Place::Find,
        2 => Place::FindVault(any::subscription(u)?),
        3 => Place::FindInstance(any::vault(u)?),
        4 => Place::Points(any::instance(u)?, None),
        5 => Place::Points(any::instance(u)?, Some(any::wish(u)?.which)),
        12 => Place::Plan(any::wishes(u)?),
        13 => Place::PlanTarget(any::wishes(u)?),
        6 => Place::Target(any::point(u)?),
        7 => Place::Review(any::point(u)?),
        8 => Place::Restore(any::point(u)?, any::prefix(u)?),
        9 => Place::Job(any::job(u)?),
        10 => Place::Activity,
        _ => Place::About,
    };
    Ok(Link { world: if u.arbitrary()? { World::Demo } else { World::Azure }, place })
}

fn points(place: &Place) -> usize {
    match place {
        Place::Plan(wishes) | Place::PlanTarget(wishes) => wishes.len(),
        _ => 1,
    }
}

#[test]
fn what_is_printed_is_read_back() {
    arbtest(|u| {
        let link = any_link(u)?;
        let printed = link.print();
        let read = Link::parse(&printed).unwrap();
        assert_eq!(read, link, "{printed}");
        // Ids compare without case: the spelling has to survive as well.
        assert_eq!(read.print(), printed);
        assert!(printed.len() <= 2048 * points(&link.place).max(1), "{} bytes", printed.len());
        assert!(printed.bytes().all(|b| b.is_ascii_alphanumeric() || b"#/?=&-_.~%()@:,".contains(&b)), "{printed}");
        Ok(())
    });
}

#[test]
fn the_longest_link_is_within_two_kilobytes() {
    let group = "\u{20000}".repeat(90);
    let instance = format!("{SUB}/{group}/v{}/{}", "v".repeat(49), "i".repeat(260));
    let (point, prefix) = ("p".repeat(128), "x".repeat(63));
    let link = Link::parse(&format!("#/demo/restore?v=1&instance={instance}&point={point}&prefix={prefix}")).unwrap();
    assert!(link.print().len() <= 2048, "{} bytes", link.print().len());
}

#[test]
fn links_that_were_given_out_open_for_ever() {
    let mut opened = 0;
    for line in include_str!("links_for_ever.txt").lines() {
        let Some((fragment, expected)) = line.split_once(" => ").filter(|_| !line.starts_with("# <")) else { continue };
        check(fragment, expected);
        opened += 1;
    }
    assert!(opened >= 18, "links were taken out of the list: {opened}");
}

#[test]
fn a_fragment_is_read_with_or_without_its_marks() {
    for fragment in ["", "#", "/", "#/", "#/?v=1"] {
        check(fragment, "Azure Start");
    }
    for fragment in ["activity", "/activity", "#activity", "#/activity", "#/activity/", "#/activity?v=1"] {
        check(fragment, "Azure Activity");
    }
    check("#/demo/activity", "Demo Activity");
    check("#/demonstration", "UnknownPage");
    check("#/demoabout", "UnknownPage");
}

#[test]
fn ids_are_read_in_both_forms() {
    check("#/points?v=1&instance=SUB/rg/vault/i", "Azure Points ID/backupInstances/i");
    check("#/points?v=1&instance=ID/backupInstances/i", "Azure Points ID/backupInstances/i");
    let encoded = pgflex_restore::azure::id::percent_encode(&format!("{ID}/backupInstances/i"));
    check(&format!("#/points?v=1&instance={encoded}"), "Azure Points ID/backupInstances/i");
    check("#/points?v=1&instance=SUB%2Frg%2Fvault%2Fi", "Azure Points ID/backupInstances/i");
    check("#/find?v=1&vault=ID", "Azure FindInstance ID");
    check("#/find?v=1&vault=SUB/rg/vault", "Azure FindInstance ID");
    check("#/job?v=1&job=ID/backupJobs/SUB", "Azure Job ID/backupJobs/SUB");
    check("#/job?v=1&job=SUB/rg/vault/SUB", "Azure Job ID/backupJobs/SUB");
    assert_eq!(Link::parse(&format!("#/find?vault={}", ID.to_lowercase())), Link::parse(&format!("#/find?vault={ID}")));
}

#[test]
fn an_id_of_another_kind_is_malformed() {
    check("#/points?v=1&instance=ID", r#"Malformed("instance")"#);
    check("#/find?v=1&vault=ID/backupInstances/i", r#"Malformed("vault")"#);
    check("#/job?v=1&job=ID/backupInstances/i", r#"Malformed("job")"#);
    check("#/job?v=1&job=SUB/rg/vault/not-a-guid", r#"Malformed("job")"#);
    check("#/points?v=1&instance=SUB/rg/vault", r#"Malformed("instance")"#);
    check("#/points?v=1&instance=SUB/rg/vault/i/more", r#"Malformed("instance")"#);
    check("#/find?v=1&subscription=contoso", r#"Malformed("subscription")"#);
}

#[test]
fn a_missing_key_is_named() {
    check("#/points?v=1", r#"Missing("instance")"#);
    check("#/target?v=1&point=a1", r#"Missing("instance")"#);
    check("#/target?v=1&instance=SUB/rg/vault/i", r#"Missing("point")"#);
    check("#/review?v=1&instance=SUB/rg/vault/i", r#"Missing("point")"#);
    check("#/restore?v=1&instance=SUB/rg/vault/i&point=a1", r#"Missing("prefix")"#);
    check("#/job?v=1", r#"Missing("job")"#);
}

#[test]
fn an_unknown_page_is_told() {
    check("#/nowhere", "UnknownPage");
    check("#/points/more?v=1&instance=SUB/rg/vault/i", "UnknownPage");
    check("#/Points?v=1&instance=SUB/rg/vault/i", "UnknownPage");
    check("#/demo/demo", "UnknownPage");
    check("#/../about", "UnknownPage");
}

#[test]
fn a_link_of_a_later_version_is_told() {
    check("#/points?v=2&instance=SUB/rg/vault/i", "Newer");
    check("#/page-of-the-future?v=2", "Newer");
}

#[test]
fn unknown_keys_are_passed_over() {
    check(
        "#/points?v=1&utm=x&instance=SUB/rg/vault/i&target=https://evil.example&token=eyJ&clientId=x",
        "Azure Points ID/backupInstances/i",
    );
    let read = Link::parse(&format!("#/points?v=1&instance={SUB}/rg/vault/i&target=https://evil.example")).unwrap();
    assert!(!read.print().contains("evil"));
}

#[test]
fn a_key_given_twice_is_refused() {
    check("#/points?v=1&instance=SUB/rg/vault/i&instance=SUB/rg/vault/j", r#"Twice("instance")"#);
    check("#/points?v=1&v=1&instance=SUB/rg/vault/i", r#"Twice("v")"#);
    check("#/points?v=1&instance=SUB/rg/vault/i&%69nstance=SUB/rg/vault/j", r#"Twice("instance")"#);
    check("#/about?x=1&x=1", r#"Twice("x")"#);
}

#[test]
fn broken_encoding_is_malformed() {
    check("#/points?instance=%", r#"Malformed("query")"#);
    check("#/points?instance=%zz", r#"Malformed("query")"#);
    check("#/points?instance=%ff%fe", r#"Malformed("query")"#);
    check("#/about?%=1", r#"Malformed("query")"#);
}

#[test]
fn hostile_values_are_refused() {
    for name in
        ["..", "$(id)", "`id`", "a;b", "a'b", "a\"b", "<b>", "a b", "a%0ab", "a%00b", "\u{202e}x", "\u{200b}", "", "а"]
    {
        for (link, field) in [
            ("#/points?v=1&instance=SUB/rg/vault/NAME", "instance"),
            ("#/points?v=1&instance=SUB/rg/NAME/i", "instance"),
            ("#/points?v=1&instance=NAME/rg/vault/i", "instance"),
            ("#/target?v=1&instance=SUB/rg/vault/i&point=NAME", "point"),
            ("#/restore?v=1&instance=SUB/rg/vault/i&point=a1&prefix=NAME", "prefix"),
            ("#/find?v=1&vault=SUB/rg/NAME", "vault"),
            ("#/find?v=1&subscription=NAME", "subscription"),
            ("#/job?v=1&job=SUB/rg/vault/NAME", "job"),
        ] {
            check(&link.replace("NAME", name), &format!("Malformed({field:?})"));
        }
    }
}

#[test]
fn what_is_longer_than_any_link_is_refused() {
    let of_length = |length: usize| format!("#/about?x={}", "x".repeat(length - "#/about?x=".len()));
    check(&of_length(32_768), "Azure About");
    check(&of_length(32_769), "TooLong");
}

#[test]
fn a_prefix_is_of_letters_digits_and_dashes() {
    let fits = |text: &str| Prefix::parse(text).is_some();
    assert!(fits("a") && fits("9-a") && fits(&"x".repeat(63)));
    for bad in ["", "-a", "a_b", "a.b", "a/b", "é", "a b", &"x".repeat(64)] {
        assert!(!fits(bad), "{bad}");
    }
}

#[test]
fn reading_never_panics() {
    arbtest(|u| {
        let pieces = [
            "#",
            "/",
            "demo",
            "points",
            "restore",
            "?",
            "&",
            "v=1",
            "instance=",
            "vault=",
            "%2F",
            SUB,
            ID,
            "point=",
            "=",
        ];
        let mut text = String::new();
        for _ in 0..u.int_in_range(0..=12)? {
            text.push_str(&any::words(u, &pieces)?);
        }
        if let Ok(link) = Link::parse(&text) {
            assert_eq!(Link::parse(&link.print()), Ok(link), "{text:?}");
        }
        Ok(())
    });
}

#[test]
fn a_version_that_is_no_number_is_damaged_not_newer() {
    for version in ["0", "x", "", "-1"] {
        check(&format!("#/points?v={version}&instance=SUB/rg/vault/i"), r#"Malformed("v")"#);
    }
}
