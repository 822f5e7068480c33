//! Answers of every read: each list and each single thing. No item is lost untold, what is read of one names it by an id
//! that Azure gave, and the next page is where Azure said, or nowhere.

use super::address::leads_to_azure;
use super::response::{arm, holds_of_every, object, point, read, response, subscription, vault, without_raw};
use super::{Seen, Target, VAULT};
use pgflex_restore::azure::access::{RESTORE, permits};
use pgflex_restore::azure::call::Call;
use pgflex_restore::azure::calls;
use pgflex_restore::azure::graph;
use pgflex_restore::azure::http::{Method, Response};
use pgflex_restore::azure::id::{AccountId, ContainerId, Found, JobId, PolicyId, ServerId, find};
use pgflex_restore::azure::page::{Next, Page};
use pgflex_restore::azure::wire::Job;
use std::fmt::Debug;

pub const TARGET: Target = Target {
    name: "answer",
    check,
    sights: &[
        "a failed job",
        "a finished job",
        "a container",
        "a last page",
        "a page with another after it",
        "a page with odd items",
        "a problem",
        "a role assignment",
        "a row",
        "a running job",
        "a server",
        "a warning",
        "an account",
        "an address that is not followed",
        "an instance",
        "a permission",
        "a point",
        "a policy",
        "a subscription",
        "a task",
        "a vault",
        "malformed",
        "more rows",
        "rows that are cut short",
        "the size of a job",
        "where a job writes to",
    ],
};

fn check(text: &str, seen: &mut Seen) {
    let response = &response(text);
    let (arm, instance) = (arm(), point().instance);
    list(
        &calls::subscriptions(arm),
        response,
        seen,
        |page| page,
        |subscription, seen| {
            seen.insert("a subscription");
            assert!(!subscription.name.is_empty(), "a subscription can be told by its name, or else its id");
        },
    );
    list(
        &calls::vaults(arm, &subscription()),
        response,
        seen,
        |page| page,
        |vault, seen| {
            seen.insert("a vault");
            assert_eq!(find(&vault.id.path()), Some(Found::Vault(vault.id.clone())));
        },
    );
    list(
        &calls::instances(arm, &vault()),
        response,
        seen,
        |page| page,
        |instance, seen| {
            seen.insert("an instance");
            assert!(!instance.server_name.is_empty());
            assert_eq!(find(&instance.id.path()), Some(Found::Instance(instance.id.clone())));
        },
    );
    list(&calls::instances_of(arm, &server()), response, seen, |page| page, |_, _| {});
    list(
        &calls::points(arm, &instance, None, None),
        response,
        seen,
        |page| page,
        |point, seen| {
            seen.insert("a point");
            assert!(point.stores.iter().all(|store| !store.is_empty()));
        },
    );
    let bare_jobs = |page: Page<Job>| Page { items: page.items.into_iter().map(bare).collect(), ..page };
    list(&calls::jobs(arm, &vault()), response, seen, bare_jobs, job);

    around(response, seen);

    let _ = read(&calls::vault(arm, &vault()), response, |vault| vault);
    let _ = read(&calls::instance(arm, &instance), response, |instance| instance);
    let _ = read(&calls::point(arm, &point()), response, |point| point);
    if let Ok(policy) = read(&calls::policy(arm, &policy()), response, |policy| policy) {
        seen.insert("a policy");
        assert!(policy.every.is_none_or(|span| span.millis() >= 0));
    }
    if let Ok(read) = read(&calls::job(arm, &job_id()), response, bare) {
        job(&read, seen);
    }
}

/// What is not of Azure Backup: servers, storage, roles, permissions, and the resource graph's rows.
fn around(response: &Response, seen: &mut Seen) {
    let (arm, target) = (arm(), container());
    let account = target.account_id();
    if let Ok(server) = read(&calls::server(arm, &server()), response, |server| server)
        && server.earliest.is_some()
    {
        seen.insert("a server");
    }
    list(
        &calls::accounts(arm, &subscription()),
        response,
        seen,
        |page| page,
        |account, seen| {
            seen.insert("an account");
            assert_eq!(AccountId::parse(&account.id.path()).as_ref(), Some(&account.id));
            assert!(!account.lets_in(&vault()) || !account.lets_in.is_empty());
        },
    );
    let _ = read(&calls::account(arm, &account), response, |account| account);
    list(
        &calls::containers(arm, &account),
        response,
        seen,
        |page| page,
        |_, seen| {
            seen.insert("a container");
        },
    );
    let _ = read(&calls::container(arm, &target), response, |container| container);
    list(
        &calls::role_assignments(arm, &target, super::SUB),
        response,
        seen,
        |page| page,
        |_, seen| {
            seen.insert("a role assignment");
        },
    );
    list(
        &calls::permissions(arm, &subscription(), &account.path()),
        response,
        seen,
        |page| page,
        |set, seen| {
            seen.insert("a permission");
            assert!(!permits(std::slice::from_ref(set), RESTORE) || !set.actions.is_empty());
        },
    );
    rows(&graph::protected(arm, None, None), response, seen);
    rows(&graph::account_named(arm, &account.name), response, seen);
}

/// Rows of the resource graph: none is lost untold, and the next page is the same question with Azure's own token.
fn rows<T: Clone + PartialEq + Debug>(call: &Call<Page<T>>, response: &Response, seen: &mut Seen) {
    let Ok(page) = read(call, response, |page| page) else { return };
    let body = object(response).expect("an answer is an object");
    let data = body["data"].as_array().expect("an answer has rows");
    assert_eq!(page.items.len() + page.skipped, data.len(), "every row is read or counted");
    if !page.items.is_empty() {
        seen.insert("a row");
    }
    match page.next {
        Next::End => {}
        Next::Cut => {
            seen.insert("rows that are cut short");
        }
        Next::Refused(why) => panic!("{why:?}: no address is followed"),
        Next::Call(next) => {
            seen.insert("more rows");
            assert_eq!((&next.request.url, next.request.method), (&call.request.url, Method::Post));
            let [asked, before] = [&next, &**call].map(|call| {
                let body = call.request.body.as_deref().expect("a question");
                serde_json::from_str::<serde_json::Value>(body).expect("a question is JSON")
            });
            assert_eq!(asked["query"], before["query"]);
            assert_eq!(Some(&asked["options"]["$skipToken"]), body.get("$skipToken"));
        }
    }
}

fn container() -> ContainerId {
    let path = format!(
        "/subscriptions/{}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stfiles/blobServices/default/containers/drill",
        super::SUB
    );
    match find(&path) {
        Some(Found::Container(container)) => container,
        other => panic!("{other:?}"),
    }
}

fn server() -> ServerId {
    let vault = vault();
    ServerId {
        subscription: vault.subscription,
        group: vault.group,
        name: pgflex_restore::azure::id::ServerName::parse("orders").expect("a name"),
    }
}

fn policy() -> PolicyId {
    PolicyId::parse(&format!("{VAULT}/backupPolicies/weekly")).expect("a policy")
}

fn job_id() -> JobId {
    JobId::parse(&format!("{VAULT}/backupJobs/{}", super::SUB)).expect("a job")
}

fn list<T: Clone + PartialEq + Debug>(
    call: &Call<Page<T>>,
    response: &Response,
    seen: &mut Seen,
    bare: fn(Page<T>) -> Page<T>,
    item: fn(&T, &mut Seen),
) {
    let page = match read(call, response, bare) {
        Ok(page) => page,
        Err(problem) => {
            seen.insert(if problem.malformed { "malformed" } else { "a problem" });
            return;
        }
    };
    let body = object(response).expect("a page is an object");
    let items = body["value"].as_array().expect("a page has a list");
    assert_eq!(page.items.len() + page.skipped, items.len(), "every item is read or counted");
    if page.skipped > 0 && !page.items.is_empty() {
        seen.insert("a page with odd items");
    }
    page.items.iter().for_each(|read| item(read, seen));
    let link = body.get("nextLink").and_then(|link| link.as_str()).filter(|link| !link.is_empty());
    match page.next {
        Next::End => {
            assert_eq!(link, None, "a page is not passed over");
            seen.insert("a last page");
        }
        Next::Cut => panic!("a list that ends or leads on is never cut"),
        Next::Refused(_) => {
            assert!(call.admit(link.expect("an address")).is_err());
            seen.insert("an address that is not followed");
        }
        Next::Call(next) => {
            seen.insert("a page with another after it");
            assert_eq!(Some(next.request.url.as_str()), link, "a signed address is asked byte for byte");
            assert_eq!((next.request.method, &next.request.body), (Method::Get, &None));
            assert_eq!((next.arm(), next.within()), (call.arm(), call.within()));
            leads_to_azure(&next.request.url, call.arm().cloud.arm_host(), call.within());
            // The page after it is read as this one was.
            let (_, reader) = call.clone().apart();
            assert_eq!(next.read_by(reader).read(response).map(|page| page.items), Ok(page.items));
        }
    }
}

/// A job keeps the text of its errors.
fn bare(job: Job) -> Job {
    Job { problem: job.problem.map(without_raw), ..job }
}

fn job(job: &Job, seen: &mut Seen) {
    assert_eq!(JobId::parse(&job.id.path()).as_ref(), Some(&job.id));
    let instance = point().instance;
    if job.status.is_final() {
        seen.insert("a finished job");
        assert!(!job.is_running_restore_of(&instance));
        assert!(job.took.is_none_or(|took| took.millis() >= 0), "{:?}", job.took);
    } else {
        seen.insert("a running job");
        assert_eq!(job.took, None, "what goes on has not taken so long yet");
    }
    if let Some(problem) = &job.problem {
        seen.insert("a failed job");
        holds_of_every(problem);
    }
    assert!(job.warnings.iter().all(|warning| !warning.is_empty()));
    assert!(job.tasks.iter().all(|task| !task.name.is_empty()));
    for (said, sight) in [
        (!job.warnings.is_empty(), "a warning"),
        (!job.tasks.is_empty(), "a task"),
        (job.bytes.is_some(), "the size of a job"),
        (job.destination.is_some(), "where a job writes to"),
    ] {
        if said {
            seen.insert(sight);
        }
    }
}
