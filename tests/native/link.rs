//! Links: what is printed is read back, what was given out once opens for ever, what is broken says why.

use crate::any;
use arbtest::arbitrary::{Result as Drawn, Unstructured};
use arbtest::arbtest;
use pgflex_restore::azure::id::{InstanceId, PointName};
use pgflex_restore::link::{Link, MOST_POINTS, Place, Prefix, Which, Wish, World};
use pgflex_restore::moment::Moment;

const SUB: &str = "11111111-2222-4333-8444-555555555555";
const ID: &str = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/\
                  Microsoft.DataProtection/backupVaults/vault";

/// What a link opens.
pub fn told(link: &Link) -> String {
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
        Place::States => ("States", String::new()),
        Place::State(specimen) => ("State", format!("{specimen:?}")),
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

/// The longest that one point can be, each of another subscription.
fn longest_point(number: usize) -> String {
    let group = "\u{20000}".repeat(90);
    let subscription = format!("{number:08}{}", &SUB[8..]);
    format!("{subscription}/{group}/v{}/{}/{}@2026-11-09T23:03:48Z", "v".repeat(49), "i".repeat(260), "p".repeat(128))
}

#[test]
fn the_longest_plan_is_read_back() {
    let points: Vec<String> = (1..=MOST_POINTS).map(longest_point).collect();
    let read = Link::parse(&format!("#/demo/plan-target?v=1&points={}", points.join(","))).unwrap();
    let printed = read.print();
    assert!(printed.len() <= 32_768, "{} bytes", printed.len());
    assert!(printed.len() > 31_000, "it is the longest: {} bytes", printed.len());
    assert_eq!(Link::parse(&printed).map(|link| link.print()), Ok(printed));
}

#[test]
fn links_that_were_given_out_open_for_ever() {
    let mut opened = 0;
    for line in include_str!("links_for_ever.txt").lines() {
        let Some((fragment, expected)) = line.split_once(" => ").filter(|_| !line.starts_with("# <")) else { continue };
        check(fragment, expected);
        opened += 1;
    }
    assert!(opened >= 43, "links were taken out of the list: {opened}");
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
            "plan?",
            "points=",
            "/i/newest",
            ",",
            "before:9999-12-31T23:59:59Z",
            "@0002-01-01T00:00:00Z",
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

#[test]
fn a_point_is_named_in_four_forms() {
    let at = |which: &str| format!("#/points?v=1&instance=SUB/rg/vault/i&point={which}");
    let point = "ID/backupInstances/i/recoveryPoints/a1";
    for (which, opens) in [
        ("a1", point.to_string()),
        ("a1@2026-11-09T23:03:48Z", format!("{point} made 2026-11-09T23:03:48Z")),
        ("a1@2026-11-10T00:03:48%2B01:00", format!("{point} made 2026-11-09T23:03:48Z")),
        ("a1%402026-11-09T23%3A03%3A48Z", format!("{point} made 2026-11-09T23:03:48Z")),
        ("newest", "ID/backupInstances/i newest".into()),
        ("Newest", "ID/backupInstances/i newest".into()),
        ("before:2026-11-20T03:10:00Z", "ID/backupInstances/i before 2026-11-20T03:10:00Z".into()),
        ("BEFORE:2026-11-20t03:10:00z", "ID/backupInstances/i before 2026-11-20T03:10:00Z".into()),
        ("before:2026-11-20T04:10:00+01:00", "ID/backupInstances/i before 2026-11-20T03:10:00Z".into()),
        ("before:2026-11-19T21:40:00-05:30", "ID/backupInstances/i before 2026-11-20T03:10:00Z".into()),
        // A part of a second is cut.
        ("before:2026-11-20T03:10:00.9999999Z", "ID/backupInstances/i before 2026-11-20T03:10:00Z".into()),
        ("a1@1969-12-31T23:59:58.5Z", format!("{point} made 1969-12-31T23:59:58Z")),
    ] {
        check(&at(which), &format!("Azure Points {opens}"));
    }
}

/// What cannot be said of a point.
const NO_POINT: [&str; 25] = [
    "",
    "@",
    "newest@2026-11-09T23:03:48Z",
    "newest@",
    "newest:",
    "before 2026-11-20T03:10:00Z",
    "before:",
    "before:newest",
    "before:a1",
    "before:2026-11-20",
    "before:2026-11-20T03:10Z",
    "before:2026-11-20T03:10:00",
    "before:2026-11-20T03:10:00.5",
    "before:%20%20%20%20%20%20%20%20%20%20%20%202026-11-20T03:10:00",
    // What a sign that was not encoded becomes in some tools.
    "before:2026-11-20T04:10:00%2001:00",
    "before:2026-02-30T03:10:00Z",
    "before:2026-11-20T24:10:00Z",
    "before:0001-01-01T00:00:00Z",
    // The years 1 and 10000, once it is in UTC.
    "before:0002-01-01T00:00:00%2B01:00",
    "before:9999-12-31T23:59:59-01:00",
    "a1@",
    "a1@2026-11-09T23:03:48",
    "a1@2026-11-09T23:03:48Z@2026-11-09T23:03:48Z",
    "@2026-11-09T23:03:48Z",
    "a1@before:2026-11-20T03:10:00Z",
];

#[test]
fn what_names_no_point_is_malformed() {
    for which in NO_POINT.into_iter().chain(["newest/x", "i/newest", "a1,a2"]) {
        check(&format!("#/points?v=1&instance=SUB/rg/vault/i&point={which}"), r#"Malformed("point")"#);
    }
    for which in NO_POINT.into_iter().chain(["newest/x"]) {
        check(&format!("#/plan?v=1&points=SUB/rg/vault/i/{which}"), r#"Malformed("points")"#);
        check(&format!("#/plan?v=1&points=SUB/rg/vault/i/a1,i/{which}"), r#"Malformed("points")"#);
    }
}

#[test]
fn the_calendar_of_a_link_has_years_of_four_digits() {
    for moment in ["0002-01-01T00:00:00Z", "9999-12-31T23:59:59Z"] {
        let link = format!("#/points?v=1&instance={SUB}/rg/vault/i&point=before:{moment}");
        check(&link, &format!("Azure Points ID/backupInstances/i before {moment}"));
        assert_eq!(Link::parse(&link).unwrap().print(), link);
    }
    let beyond = Moment::parse("9999-12-31T23:59:59-01:00").unwrap();
    let name = PointName::parse("a1").unwrap();
    assert_eq!(Which::known(name.clone(), Some(beyond)), Which::Point(name, None), "it cannot be told");
}

#[test]
fn a_page_of_one_restore_takes_a_point_by_its_id_alone() {
    for page in ["target", "review"] {
        for which in ["newest", "before:2026-11-20T03:10:00Z"] {
            check(&format!("#/{page}?v=1&instance=SUB/rg/vault/i&point={which}"), r#"Malformed("point")"#);
        }
    }
    let made = "#/target?v=1&instance=SUB/rg/vault/i&point=a1@2026-11-09T23:03:48Z";
    check(made, "Azure Target ID/backupInstances/i/recoveryPoints/a1");
}

#[test]
fn what_is_left_out_in_a_plan_is_said_by_the_one_that_stands_before_it() {
    let other = "22222222-2222-4333-8444-555555555555";
    let vault = |sub: &str, group: &str, vault: &str| {
        format!("/subscriptions/{sub}/resourceGroups/{group}/providers/Microsoft.DataProtection/backupVaults/{vault}")
    };
    let point =
        |vault: &str, server: &str, name: &str| format!("{vault}/backupInstances/{server}/recoveryPoints/{name}");
    let plan = [
        "SUB/rg/vault/i/a1",
        "a2",
        "j/a3",
        "vault-2/k/a4",
        "rg-2/vault-3/l/a5",
        &format!("{other}/rg/vault/i/a6"),
        "ID/backupInstances/i/a7",
        "a8",
        "ID/backupInstances/j/recoveryPoints/a9",
        "i/a10",
        "",
    ];
    let (first, second, third) =
        (vault(SUB, "rg", "vault"), vault(SUB, "rg", "vault-2"), vault(SUB, "rg-2", "vault-3"));
    let opens = [
        point(&first, "i", "a1"),
        point(&first, "i", "a2"),
        point(&first, "j", "a3"),
        point(&second, "k", "a4"),
        point(&third, "l", "a5"),
        point(&vault(other, "rg", "vault"), "i", "a6"),
        point(&first, "i", "a7"),
        point(&first, "i", "a8"),
        point(&first, "j", "a9"),
        point(&first, "i", "a10"),
    ];
    check(&format!("#/plan?v=1&points={}", plan.join(",")), &format!("Azure Plan {}", opens.join(", ")));
    check(
        &format!("#/demo/plan-target?v=1&points={}", plan.join("%2C")),
        &format!("Demo PlanTarget {}", opens.join(", ")),
    );
}

#[test]
fn a_plan_is_printed_with_the_least_that_says_it() {
    let said = format!(
        "#/plan?v=1&points={SUB}/rg/vault/i/a1@2026-11-09T23:03:48Z,{SUB}/RG/Vault/I/newest,{SUB}/rg/vault/j/a1,\
         {SUB}/rg/vault-2/j/a1,{SUB}/rg-2/vault-2/j/a1,22222222-2222-4333-8444-555555555555/rg/vault-2/j/before:2026-11-20T04:10:00%2B01:00"
    );
    let printed = format!(
        "#/plan?v=1&points={SUB}/rg/vault/i/a1@2026-11-09T23:03:48Z,newest,j/a1,vault-2/j/a1,rg-2/vault-2/j/a1,\
         22222222-2222-4333-8444-555555555555/rg/vault-2/j/before:2026-11-20T03:10:00Z"
    );
    assert_eq!(Link::parse(&said).unwrap().print(), printed);
    // The spelling survives as well.
    assert_eq!(Link::parse(&printed).unwrap().print(), printed);
}

#[test]
fn a_point_is_in_a_plan_once() {
    let points = "Azure Plan ID/backupInstances/i/recoveryPoints/a1 made 2026-11-09T23:03:48Z";
    for again in ["a1", "A1", "a1@2026-11-09T23:03:48Z", "SUB/RG/VAULT/I/a1", "ID/backupInstances/i/recoveryPoints/a1"]
    {
        check(&format!("#/plan?v=1&points=SUB/rg/vault/i/a1@2026-11-09T23:03:48Z,{again}"), points);
        // Whichever says it, when it was made is known.
        let made = format!("#/plan?v=1&points=SUB/rg/vault/i/a1,{again},SUB/rg/vault/i/a1@2026-11-09T23:03:48Z");
        check(&made, points);
    }
    check("#/plan?v=1&points=SUB/rg/vault/i/newest,NEWEST", "Azure Plan ID/backupInstances/i newest");
    // One that says nothing new says what is left out all the same.
    check(
        "#/plan?v=1&points=SUB/rg/vault/i/a1,j/newest,i/a1,newest",
        "Azure Plan ID/backupInstances/i/recoveryPoints/a1, ID/backupInstances/j newest, ID/backupInstances/i newest",
    );
}

#[test]
fn a_damaged_plan_is_malformed_as_a_whole() {
    for points in [
        "",
        ",",
        "newest",
        "i/newest",
        "vault/i/newest",
        "rg/vault/i/newest",
        ",rg/vault/i/newest",
        "SUB/rg/vault/i",
        "more/SUB/rg/vault/i/newest",
        "SUB/rg/vault/i/newest,more/SUB/rg/vault/i/newest",
        "SUB/rg/vault/i/newest,/newest",
        "SUB/rg/vault/i/newest,//newest",
        "SUB/rg/vault/i/newest,j//newest",
        "SUB/rg/vault/i/newest,j/",
        "/newest",
        "ID/newest",
        "ID/backupInstances/i",
        "ID/backupInstances/i/",
        "ID/backupInstances/i/recoveryPoints/",
        "ID/backupInstances/i/recoveryPoints/a1/a2",
        "ID/backupPolicies/weekly/newest",
        "/evilID/backupInstances/i/newest",
        "https://portal.azure.com/%23@contoso.com/resourceID/backupInstances/i/newest",
    ] {
        check(&format!("#/plan?v=1&points={points}"), r#"Malformed("points")"#);
    }
    check("#/plan", "Azure Plan");
    for page in ["#/plan", "#/plan-target", "#/demo/plan-target"] {
        assert_eq!(Link::parse(page).unwrap().print(), page);
    }
    check("#/plan?v=1", "Azure Plan");
    check("#/plan?v=1&points=SUB/rg/vault/i/newest&points=SUB/rg/vault/j/newest", r#"Twice("points")"#);
}

#[test]
fn a_plan_names_no_more_than_twenty_points() {
    let several = |count: usize| {
        let names: Vec<String> = (1..=count).map(|number| format!("a{number}")).collect();
        format!("#/plan?v=1&points={SUB}/rg/vault/i/{}", names.join(","))
    };
    assert_eq!(Link::parse(&several(20)).map(|link| points(&link.place)), Ok(20));
    check(&several(21), "TooMany");
    check(&format!("{},a1,a2,A3", several(20)), &told(&Link::parse(&several(20)).unwrap()));
    // As many as fit into a link are refused as fast.
    check(&several(5_000), "TooMany");
}

#[test]
fn hostile_names_are_refused_at_every_place_of_a_plan() {
    for name in
        ["..", "$(id)", "`id`", "a;b", "a'b", "a\"b", "<b>", "a b", "a%0ab", "\u{202e}x", "\u{200b}", "a%23b", "a%3fb"]
    {
        for place in [
            "NAME/rg/vault/i/a1",
            "SUB/NAME/vault/i/a1",
            "SUB/rg/NAME/i/a1",
            "SUB/rg/vault/NAME/a1",
            "SUB/rg/vault/i/NAME",
            "SUB/rg/vault/i/NAME@2026-11-09T23:03:48Z",
            "SUB/rg/vault/i/a1,NAME",
            "SUB/rg/vault/i/a1,NAME/a2",
            "SUB/rg/vault/i/a1,NAME/j/a2",
            "SUB/rg/vault/i/a1,NAME/vault/j/a2",
        ] {
            check(&format!("#/plan?v=1&points={}", place.replace("NAME", name)), r#"Malformed("points")"#);
        }
    }
}
