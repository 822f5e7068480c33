//! The resource graph: what is asked, how its rows are read, and how one page leads to the next.

use super::{SUB, VAULT, answer, arm, instance, subscription};
use pgflex_restore::azure::graph;
use pgflex_restore::azure::http::Method;
use pgflex_restore::azure::id::AccountName;
use pgflex_restore::azure::page::Next;
use serde_json::Value;

fn body(request: &pgflex_restore::azure::http::Request) -> Value {
    serde_json::from_str(request.body.as_deref().unwrap()).unwrap()
}

#[test]
fn one_question_is_about_all_subscriptions_or_about_one() {
    let all = graph::protected(arm(), None, None).request.clone();
    assert_eq!((all.method, all.url.path()), (Method::Post, "/providers/Microsoft.ResourceGraph/resources"));
    assert_eq!(body(&all).get("subscriptions"), None);
    let one = body(&graph::protected(arm(), Some(&subscription()), Some(&instance())).request);
    assert_eq!(one["subscriptions"], serde_json::json!([SUB]));
    assert!(one["query"].as_str().unwrap().contains(&format!("where id =~ '{}'", instance().path())));
    assert_eq!(one["options"], serde_json::json!({"$top": 1000, "resultFormat": "objectArray"}));
}

#[test]
fn an_id_in_a_query_is_spelled_as_azure_spells_it() {
    let mut id = instance();
    id.vault.group = pgflex_restore::azure::id::GroupName::parse("Grüppe (1)".replace(' ', "").as_str()).unwrap();
    let query = body(&graph::protected(arm(), None, Some(&id)).request)["query"].as_str().unwrap().to_string();
    assert!(query.contains("/resourceGroups/Grüppe(1)/"), "{query}");
}

/// Reads a page of rows and tells it, a row a line.
#[track_caller]
fn check(body: &str, expected: &str) {
    let body = body.replace("VAULT", VAULT);
    let told = match graph::protected(arm(), None, None).read(&answer(200, &[], &body)) {
        Err(problem) => format!("{} malformed {}", problem.status, problem.malformed),
        Ok(page) => {
            let mut told: Vec<String> = page
                .items
                .iter()
                .map(|row| {
                    let server = row.server.as_ref().map_or("-", |server| server.name.as_str());
                    format!(
                        "{} {server} {} {} {:?} {:?} {:?}",
                        row.name, row.region, row.state, row.restorable, row.subscription, row.exists
                    )
                })
                .collect();
            let next = match page.next {
                Next::End => "end".into(),
                Next::Cut => "cut".into(),
                Next::Refused(why) => format!("{why:?}"),
                Next::Call(call) => call
                    .request
                    .body
                    .unwrap()
                    .split("\"options\":")
                    .nth(1)
                    .unwrap()
                    .split('}')
                    .next()
                    .unwrap()
                    .to_string(),
            };
            told.push(format!("{} skipped, {next}", page.skipped));
            told.join("\n")
        }
    };
    assert_eq!(told, expected);
}

#[test]
fn a_row_tells_of_a_server_and_its_backup() {
    check(
        r#"{"totalRecords":1,"count":1,"resultTruncated":"false","data":[{"id":"VAULT/backupInstances/a-a-1",
        "source":"/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-a",
        "name":"psql-a","region":"westeurope","state":"ProtectionConfigured","operations":["BackupNow","restore"],
        "subscription":"Production","exists":true}]}"#,
        "psql-a psql-a westeurope ProtectionConfigured Some(true) Some(\"Production\") Some(true)\n0 skipped, end",
    );
}

#[test]
fn what_a_row_does_not_tell_is_not_made_up() {
    check(
        r#"{"data":[{"id":"VAULT/backupInstances/a-a-1"},{"id":"VAULT"},{},
        {"id":"VAULT/backupInstances/b","operations":[],"exists":null,"name":7},
        {"id":"VAULT/backupInstances/c","operations":["Backup"],"exists":1}]}"#,
        "a-a-1 -   None None Some(false)\nb -   Some(false) None Some(false)\nc -   Some(false) None Some(true)\n2 skipped, end",
    );
}

#[test]
fn the_next_page_is_the_same_question_with_the_token() {
    check(
        r#"{"data":[],"$skipToken":"a\"b","resultTruncated":"false"}"#,
        r#"0 skipped, {"$skipToken":"a\"b","$top":1000,"resultFormat":"objectArray""#,
    );
    let call = graph::account_named(arm(), &AccountName::parse("stfiles").unwrap());
    let page = call.read(&answer(200, &[], r#"{"data":[],"$skipToken":"t"}"#)).unwrap();
    let Next::Call(next) = page.next else { panic!("{:?}", page.next) };
    assert_eq!(body(&next.request)["query"], body(&call.request)["query"]);
    assert_eq!(next.request.url, call.request.url);
}

#[test]
fn an_answer_that_is_cut_short_without_a_way_on_says_so() {
    check(r#"{"data":[],"resultTruncated":"true"}"#, "0 skipped, cut");
    check(r#"{"data":[],"resultTruncated":"true","$skipToken":""}"#, "0 skipped, cut");
}

#[test]
fn what_is_no_list_of_rows_is_malformed() {
    check(r#"{"data":{"columns":[],"rows":[]}}"#, "200 malformed true");
    check("[]", "200 malformed true");
}
