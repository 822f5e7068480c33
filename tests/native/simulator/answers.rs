//! Answers that do not come, or are not what was asked for.

use super::{SAFE, World, drills, json_of, wrapped};
use pgflex_restore::azure::http::{Response, Unreachable};
use serde_json::Value;

fn ready(server: &str) -> (World, String) {
    let mut world = World::new();
    let instance = world.instance(&drills("answers"), server);
    (world, instance)
}

/// What the list of points gets now, and after a while.
fn at_first_and_later(server: &str) -> (Result<Response, Unreachable>, Result<Response, Unreachable>) {
    let (mut world, instance) = ready(server);
    let points = format!("{instance}/recoveryPoints");
    let first = world.try_get(&points);
    world.wait(89);
    assert_eq!(world.try_get(&points).map(|r| r.status), first.clone().map(|r| r.status), "{server}: still");
    world.wait(1);
    (first, world.try_get(&points))
}

#[track_caller]
fn is_a_list(response: &Response) {
    assert_eq!(response.status, 200);
    assert_eq!(json_of(response)["value"].as_array().unwrap().len(), 52);
}

#[test]
fn azure_asks_to_slow_down_and_says_for_how_long_or_does_not() {
    for (server, wait) in [("psql-throttled", Some("25")), ("psql-throttled-no-hint", None)] {
        let (first, later) = at_first_and_later(server);
        let first = first.unwrap();
        assert_eq!((first.status, first.header("Retry-After")), (429, wait));
        assert_eq!(json_of(&first)["error"]["code"], "SubscriptionRequestsThrottled");
        is_a_list(&later.unwrap());
    }
}

#[test]
fn azure_has_trouble_of_its_own_for_a_while() {
    for (server, status, code, cause) in [
        ("psql-azure-500", 500, "CloudInternalError", "service"),
        ("psql-azure-503", 503, "ServiceUnavailable", "gateway"),
    ] {
        let (first, later) = at_first_and_later(server);
        let first = first.unwrap();
        assert_eq!((first.status, first.header("x-ms-failure-cause")), (status, Some(cause)));
        assert_eq!(first.headers.iter().filter(|(name, _)| name == "x-ms-failure-cause").count(), 1);
        assert_eq!(json_of(&first)["error"]["code"], code);
        is_a_list(&later.unwrap());
    }
}

#[test]
fn each_address_fails_for_a_while_by_itself_and_a_refused_write_starts_nothing() {
    let (mut world, instance) = ready("psql-azure-503");
    let points = format!("{instance}/recoveryPoints");
    assert_eq!(world.try_get(&points).unwrap().status, 503);
    world.wait(90);
    assert_eq!(world.try_get(&points).unwrap().status, 200);
    assert_eq!(world.try_get(&instance).unwrap().status, 503, "its own while begins");
    let request = world.request(&instance, SAFE, "demo-1");
    assert_eq!(world.try_post(&format!("{instance}/restore"), &request).unwrap().status, 503);
    world.wait(90);
    assert!(world.restores(&drills("answers")).is_empty());
    let accepted = world.try_post(&format!("{instance}/restore"), &request).unwrap();
    let url = accepted.header("Azure-AsyncOperation").unwrap();
    assert_eq!(world.get(url).status, 503);
    world.wait(90);
    let job = json_of(&world.get(url))["properties"]["jobId"].as_str().unwrap().to_string();
    assert_eq!(world.try_get(&job).unwrap().status, 503);
    world.wait(600);
    assert_eq!(world.read(&job)["properties"]["status"], "Completed");
}

#[test]
fn no_answer_comes_for_a_while() {
    for (server, why) in [
        ("psql-no-network", Unreachable::Offline),
        ("psql-no-answer", Unreachable::NoAnswer),
        ("psql-body-huge", Unreachable::TooLong),
    ] {
        let (first, later) = at_first_and_later(server);
        assert_eq!(first, Err(why), "{server}");
        is_a_list(&later.unwrap());
    }
}

#[test]
fn bodies_come_that_azure_never_sends() {
    let body = |server: &str| {
        let (first, later) = at_first_and_later(server);
        is_a_list(&later.unwrap());
        let first = first.unwrap();
        assert_eq!(first.status, 200, "{server}");
        assert_eq!(first.headers.iter().filter(|(name, _)| name == "Content-Type").count(), 1);
        first
    };
    let page = body("psql-body-html");
    assert!(page.body.starts_with("<!DOCTYPE html>"));
    assert_eq!(page.header("content-type"), Some("text/html"));
    assert_eq!(body("psql-body-empty").body, "");
    let mistyped = json_of(&body("psql-body-mistyped"));
    assert!(mistyped["value"].is_object() && mistyped["nextLink"].is_number() && mistyped["id"].is_number());
    let half = body("psql-body-truncated");
    assert!(half.body.starts_with(r#"{"value":[{"#) && serde_json::from_str::<Value>(&half.body).is_err());
    assert!(half.header("Content-Length").unwrap().parse::<usize>().unwrap() > half.body.len());
}

#[test]
fn a_write_is_answered_where_only_reads_are_broken() {
    for server in ["psql-body-html", "psql-no-answer"] {
        let (mut world, instance) = ready(server);
        world.try_get(&format!("{instance}/recoveryPoints")).ok();
        world.wait(90);
        let request = world.request(&instance, SAFE, "demo-1");
        let check = world.post(&format!("{instance}/validateRestore"), &wrapped(&request));
        assert_eq!(check.status, 202, "{server}");
        let url = check.header("Azure-AsyncOperation").unwrap();
        assert_ne!(world.try_get(url).map(|r| r.body.starts_with('{')), Ok(true), "{server}");
    }
}

#[test]
fn a_list_can_go_on_for_ever_at_addresses_of_its_own() {
    let (mut world, instance) = ready("psql-endless-pages");
    let mut seen = vec![format!("{instance}/recoveryPoints?api-version=2024-04-01")];
    let mut points = 0;
    for _ in 0..1_500 {
        let page = json_of(&world.get(seen.last().unwrap()));
        points += page["value"].as_array().unwrap().len();
        let next = page["nextLink"].as_str().unwrap().to_string();
        assert!(!seen.contains(&next), "{next}");
        seen.push(next);
    }
    assert_eq!(points, 52);
}

#[test]
fn the_next_page_can_be_at_another_host() {
    let (mut world, instance) = ready("psql-hostile-next");
    let page = world.read(&format!("{instance}/recoveryPoints"));
    assert_eq!(page["value"].as_array().unwrap().len(), 52);
    let next = page["nextLink"].as_str().unwrap();
    assert!(next.starts_with("https://management.azure.com.evil.example/subscriptions/"), "{next}");
}

#[test]
fn a_message_tells_the_ways_of_not_answering_apart() {
    for (server, word) in [("psql-no-network", " offline"), ("psql-body-huge", " long"), ("psql-no-answer", "")] {
        let (mut world, instance) = ready(server);
        let message = format!("GET https://management.azure.com{instance}?api-version=2024-04-01");
        let answer = world.azure.answer_message(world.now, &message);
        let takes = answer.strip_suffix(word).unwrap();
        assert!(takes.parse::<u32>().is_ok(), "{answer}");
    }
}
