//! Pages of lists: what is kept, what is skipped, where the next page is.

use super::{OTHER, SUB, VAULT, answer, arm, instance, subscription};
use pgflex_restore::azure::calls;
use pgflex_restore::azure::page::Next;

/// Reads a page of vaults and tells it in a line.
#[track_caller]
fn check(body: &str, expected: &str) {
    let body = body.replace("SUB", SUB).replace("VAULT", VAULT).replace("OTHER", OTHER);
    let page = calls::vaults(arm(), &subscription()).read(&answer(200, &[], &body));
    let told = match page {
        Err(problem) => format!("{} {}", problem.status, if problem.malformed { "malformed" } else { "problem" }),
        Ok(page) => {
            let names: Vec<&str> = page.items.iter().map(|vault| vault.id.name.as_str()).collect();
            let next = match page.next {
                Next::End => "end".into(),
                Next::Call(call) => call.request.url.as_str().to_string(),
                Next::Refused(why) => format!("refused {why:?}"),
                Next::Cut => "cut".into(),
            };
            format!("{names:?}, {} skipped, {next}", page.skipped)
        }
    };
    assert_eq!(told, expected.replace("SUB", SUB));
}

#[test]
fn a_list_without_a_next_link_ends() {
    check(r#"{"value":[{"id":"VAULT"}]}"#, r#"["vault-1"], 0 skipped, end"#);
    check(r#"{"value":[{"id":"VAULT"}],"nextLink":null}"#, r#"["vault-1"], 0 skipped, end"#);
    check(r#"{"value":[],"nextLink":""}"#, "[], 0 skipped, end");
}

#[test]
fn a_next_link_is_followed_as_it_was_given() {
    let link = "https://management.azure.com/subscriptions/SUB/providers/x/backupVaults?a=b&$skipToken=x%2Fy%20==";
    check(&format!(r#"{{"value":[],"nextLink":"{link}"}}"#), &format!("[], 0 skipped, {link}"));
}

#[test]
fn a_next_link_that_leads_away_is_refused() {
    for (link, why) in [
        ("https://evil.example/subscriptions/SUB/x", "Host"),
        ("https://management.azure.com@evil.example/subscriptions/SUB/x", "Host"),
        ("http://management.azure.com/subscriptions/SUB/x", "Form"),
        ("/subscriptions/SUB/x", "Form"),
        ("https://management.azure.com/subscriptions/OTHER/x", "Subscription"),
        ("https://management.azure.com/subscriptions/SUB/../OTHER/x", "Path"),
    ] {
        check(
            &format!(r#"{{"value":[{{"id":"VAULT"}}],"nextLink":"{link}"}}"#),
            &format!(r#"["vault-1"], 0 skipped, refused {why}"#),
        );
    }
}

#[test]
fn an_item_without_an_id_does_not_hide_the_others() {
    check(
        r#"{"value":[{"id":"VAULT"},{},null,7,"x",[],{"id":7},{"id":"/subscriptions/x"},{"id":"VAULT"}]}"#,
        r#"["vault-1", "vault-1"], 7 skipped, end"#,
    );
}

#[test]
fn what_is_no_list_is_malformed() {
    for body in ["", "[]", "{}", "null", r#"{"value":null}"#, r#"{"value":{}}"#, "<html></html>", r#"{"value":[{"id":"#]
    {
        check(body, "200 malformed");
    }
}

#[test]
fn the_next_page_is_read_like_the_first() {
    let link = format!("https://management.azure.com{}?$skipToken=1", instance().vault.path());
    let point = r#"{"name":"a1b2","properties":{"recoveryPointTime":"2026-01-06T14:08:54Z"}}"#;
    let call = calls::points(arm(), &instance(), None, None);
    let first = call.read(&answer(200, &[], &format!(r#"{{"value":[],"nextLink":"{link}"}}"#))).unwrap();
    let Next::Call(next) = first.next else { panic!("no next page") };
    assert_eq!(next.within(), Some(&instance().vault.subscription));
    let (_, reader) = call.apart();
    let second = next.read_by(reader).read(&answer(200, &[], &format!(r#"{{"value":[{point}]}}"#))).unwrap();
    assert_eq!(second.items[0].name.as_str(), "a1b2");
    assert_eq!(second.next, Next::End);
}
