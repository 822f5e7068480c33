//! The rules of what is known beforehand, as a table: all is well but for one thing, and that one is told.

use super::{Host, START, id, job, list, point};
use crate::azure::{OTHER, SUB, VAULT, answer};
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::azure::id::{ContainerId, Found, find};
use pgflex_restore::fault::{Code, Fault, Step};
use pgflex_restore::flow::preflight::{Finding, Preflight, Topic, Verdict, topic_of};
use pgflex_restore::flow::source::Source;
use pgflex_restore::flow::{Command, Told};
use pgflex_restore::moment::{Moment, Span};
use serde_json::{Value, json};

const IDENTITY: &str = "e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63";
const USER: &str = "/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-backup";
const CONTRIBUTOR: &str = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

fn target(subscription: &str) -> ContainerId {
    let path = format!(
        "/subscriptions/{subscription}/resourceGroups/rg-files/providers/Microsoft.Storage/storageAccounts/stfiles/blobServices/default/containers/drill"
    );
    match find(&path) {
        Some(Found::Container(container)) => container,
        other => panic!("{other:?}"),
    }
}

/// An Azure in which all is well: what it answers, by the last name of what is asked.
fn well() -> Value {
    let instance = point().instance;
    json!({
        "vault-1": {"id": VAULT, "location": "westeurope", "identity": {"type": "SystemAssigned", "principalId": IDENTITY},
            "properties": {"featureSettings": {"crossSubscriptionRestoreSettings": {"state": "Enabled"}}}},
        "orders": {"id": instance.path(), "properties": {"currentProtectionState": "ProtectionConfigured",
            "dataSourceInfo": {"resourceLocation": "westeurope"}}},
        "recoveryPoints": {"value": []},
        "backupJobs": {"value": []},
        "resources": {"data": [{"id": instance.path(), "operations": ["Restore"]}]},
        "stfiles": {"id": target(SUB).account_id().path(), "location": "westeurope", "properties": {
            "allowCrossTenantReplication": true, "publicNetworkAccess": "Enabled", "allowBlobPublicAccess": false,
            "networkAcls": {"defaultAction": "Allow", "bypass": "AzureServices"}}},
        "drill": {"id": target(SUB).path(), "properties": {"publicAccess": "None"}},
        "roleAssignments": {"value": [role(CONTRIBUTOR)]},
        "permissions": {"value": [{"actions": ["*"], "notActions": []}]},
    })
}

fn role(role: &str) -> Value {
    json!({"properties": {"roleDefinitionId": format!("/x/roleDefinitions/{role}"), "createdOn": "2020-01-01T00:00:00Z"}})
}

/// A restore into a container of this subscription, all of it read from an Azure that answers so: a member a name, a
/// number for a status without words.
fn read(azure: &Value, subscription: &str, granted: Option<Moment>) -> Vec<(Topic, Verdict, Finding)> {
    let mut host = Host::new();
    let mut source = host.with(|context| Source::open(&point().instance, context));
    let mut preflight = None;
    loop {
        if source.vault.value.is_some() && source.instance.value.is_some() || source.vault.fault.is_some() {
            let begun = preflight.get_or_insert_with(|| {
                host.with(|context| Preflight::start(&point().instance, Some(&target(subscription)), false, context))
            });
            host.with(|context| begun.settle(&source, context));
        }
        let mut sent = Vec::new();
        for command in host.commands() {
            if let Command::Send(ticket, request) = command {
                sent.push((ticket, request));
            }
        }
        if sent.is_empty() {
            break;
        }
        for (ticket, request) in sent {
            let name = request.url.path().rsplit('/').next().unwrap();
            let answer: Result<Response, Unreachable> = match &azure[name] {
                Value::Number(status) => Ok(answer(status.as_u64().unwrap() as u16, &[], "")),
                body => Ok(answer(200, &[], &body.to_string())),
            };
            let told = Told::Answered(ticket, &answer);
            host.with(|context| source.hear(told, context));
            if let Some(preflight) = &mut preflight {
                host.with(|context| preflight.hear(told, context));
            }
        }
    }
    let preflight = preflight.expect("it is read");
    let lines = preflight.lines(&source, granted, START);
    lines.into_iter().map(|line| (line.topic, line.verdict, line.finding)).collect()
}

/// What is not fine, when this takes the place of what is.
fn worse(change: &[(&str, Value)]) -> Vec<(Topic, Verdict, Finding)> {
    let mut azure = well();
    for (at, value) in change {
        *azure.pointer_mut(at).unwrap_or_else(|| panic!("{at}")) = value.clone();
    }
    read(&azure, SUB, None).into_iter().filter(|(_, verdict, _)| *verdict != Verdict::Fine).collect()
}

/// What one change leads to: one line, and what is thought of it.
#[track_caller]
fn check(change: &[(&str, Value)], topic: Topic, verdict: Verdict, finding: Finding) {
    assert_eq!(worse(change), [(topic, verdict, finding)], "by {change:?}");
}

#[test]
fn where_all_is_well_eleven_lines_are_fine() {
    let lines = read(&well(), SUB, None);
    assert!(lines.iter().all(|(_, verdict, _)| *verdict == Verdict::Fine), "{lines:?}");
    assert_eq!(lines.len(), 11);
}

#[test]
fn the_vaults_identity_needs_one_of_two_roles_without_a_condition() {
    let roles = "/roleAssignments/value";
    let check = |roles_held: Value, verdict, finding| check(&[(roles, roles_held)], Topic::Role, verdict, finding);
    check(json!([]), Verdict::Fails, Finding::NoRole);
    check(json!([role("acdd72a7-3385-48ef-bd42-f606fba81ae7")]), Verdict::Fails, Finding::NoRole);
    check(json!([role("11111111-0000-0000-0000-000000000000")]), Verdict::Unknown, Finding::RoleOther);
    let mut conditional = role(CONTRIBUTOR);
    conditional["properties"]["condition"] = json!("@Resource[x]");
    check(json!([conditional]), Verdict::Unknown, Finding::RoleConditional);
    assert_eq!(worse(&[(roles, json!([conditional, role(CONTRIBUTOR)]))]), []);
    assert_eq!(worse(&[(roles, json!([role("B7E6DC6D-f1e8-4753-8033-0f276bb0955b")]))]), [], "Owner does, too");
}

#[test]
fn a_role_may_not_work_in_its_first_half_hour() {
    let since = |seconds: i64| {
        let at = START - Span::from_secs(seconds);
        let mut new = role(CONTRIBUTOR);
        new["properties"]["createdOn"] = json!(at.iso());
        (at, new)
    };
    let (at, new) = since(29 * 60);
    check(&[("/roleAssignments/value", json!([new]))], Topic::Role, Verdict::Warns, Finding::RoleNew(at));
    let (_, old) = since(30 * 60);
    assert_eq!(worse(&[("/roleAssignments/value", json!([old]))]), []);
    let (_, new) = since(60);
    assert_eq!(worse(&[("/roleAssignments/value", json!([new, role(CONTRIBUTOR)]))]), [], "an older one works");
    // The list may not have yet what was assigned from here.
    let mut azure = well();
    azure["roleAssignments"] = json!({"value": []});
    let lines = read(&azure, SUB, Some(START));
    assert!(lines.contains(&(Topic::Role, Verdict::Warns, Finding::RoleNew(START))), "{lines:?}");
    // Assigned from here: by this browser's clock, however wrong that is.
    let lines = read(&well(), SUB, Some(START));
    assert!(lines.contains(&(Topic::Role, Verdict::Warns, Finding::RoleNew(START))), "{lines:?}");
}

#[test]
fn the_identity_is_the_one_that_azure_backup_uses_for_this_server() {
    let user =
        json!({"type": "UserAssigned", "userAssignedIdentities": {USER.to_uppercase(): {"principalId": IDENTITY}}});
    let details = json!({"useSystemAssignedIdentity": false, "userAssignedIdentityArmUrl": USER});
    let of = |identity: Value, used: Option<&Value>| {
        let mut azure = well();
        azure["vault-1"]["identity"] = identity;
        if let Some(used) = used {
            azure["orders"]["properties"]["identityDetails"] = used.clone();
        }
        read(&azure, SUB, None).into_iter().find(|(topic, ..)| *topic == Topic::Role).unwrap().2
    };
    assert_eq!(of(user.clone(), Some(&details)), Finding::Role);
    assert_eq!(of(user.clone(), None), Finding::Role, "there is but one");
    assert_eq!(of(json!({"type": "UserAssigned"}), None), Finding::IdentityUnclear, "so 2021-07-01 tells it");
    assert_eq!(of(json!({"type": "UserAssigned"}), Some(&details)), Finding::IdentityUnclear);
    assert_eq!(of(json!({"type": "None"}), None), Finding::NoIdentity);
    assert_eq!(of(json!({"type": "SystemAssigned", "principalId": "' or 1"}), None), Finding::IdentityUnclear);
}

#[test]
fn the_account_has_to_let_azure_backup_in() {
    let at = |name: &str| format!("/stfiles/properties/{name}");
    let check =
        |name: &str, value: Value, topic, verdict, finding| check(&[(&at(name), value)], topic, verdict, finding);
    let (fails, unknown) = (Verdict::Fails, Verdict::Unknown);
    check("allowCrossTenantReplication", json!(false), Topic::Replication, fails, Finding::NoReplication);
    check("allowCrossTenantReplication", json!(null), Topic::Replication, unknown, Finding::ReplicationUnsaid);
    check("publicNetworkAccess", json!("Disabled"), Topic::Network, fails, Finding::NoNetwork);
    check("publicNetworkAccess", json!("SecuredByPerimeter"), Topic::Network, unknown, Finding::Perimeter);
    check("networkAcls", json!({"defaultAction": "Deny"}), Topic::Network, fails, Finding::FirewallShut);
    let ruled = |bypass: &str| json!({"defaultAction": "Deny", "bypass": bypass, "resourceAccessRules": [{"resourceId": VAULT}]});
    check("networkAcls", ruled("None"), Topic::Network, unknown, Finding::FirewallUntrusting);
    assert_eq!(worse(&[(&at("networkAcls"), ruled("AzureServices"))]), []);
}

#[test]
fn what_others_could_read_or_nobody_could_change_is_called_out() {
    let anonymous =
        [("/drill/properties/publicAccess", json!("Blob")), ("/stfiles/properties/allowBlobPublicAccess", json!(true))];
    check(&anonymous, Topic::Anonymous, Verdict::Warns, Finding::Anonymous);
    assert_eq!(worse(&anonymous[..1]), [], "the account does not let it");
    let properties = |name: &str| [("/drill/properties", json!({name: true}))];
    check(&properties("hasImmutabilityPolicy"), Topic::Container, Verdict::Warns, Finding::Immutable);
    check(&properties("hasLegalHold"), Topic::Container, Verdict::Warns, Finding::Held);
    check(&[("/drill", json!(404))], Topic::Container, Verdict::Fails, Finding::NoContainer);
}

/// Security promise 10.
#[test]
fn a_target_in_another_region_or_subscription_is_called_out() {
    let other = Finding::OtherRegion("northeurope".into(), "westeurope".into());
    check(&[("/stfiles/location", json!("northeurope"))], Topic::Region, Verdict::Warns, other);
    let state = |state: Value| {
        let mut azure = well();
        azure["vault-1"]["properties"] =
            json!({"featureSettings": {"crossSubscriptionRestoreSettings": {"state": state}}});
        let lines = read(&azure, OTHER, None);
        lines
            .into_iter()
            .find(|(topic, ..)| *topic == Topic::Subscription)
            .map(|(_, verdict, finding)| (verdict, finding))
    };
    assert_eq!(state(json!("Enabled")), Some((Verdict::Warns, Finding::OtherSubscription)));
    assert_eq!(state(json!("Disabled")), Some((Verdict::Fails, Finding::SubscriptionForbidden(false))));
    assert_eq!(state(json!("PermanentlyDisabled")), Some((Verdict::Fails, Finding::SubscriptionForbidden(true))));
    assert_eq!(state(json!(null)), Some((Verdict::Unknown, Finding::SubscriptionUnsaid)));
}

#[test]
fn a_backup_that_cannot_be_restored_now_says_so() {
    let state = |state: &str| [("/orders/properties/currentProtectionState", json!(state))];
    check(&state("SoftDeleted"), Topic::Instance, Verdict::Fails, Finding::SoftDeleted);
    assert_eq!(worse(&state("ProtectionError")), [], "the resource graph says that it can");
    let operations = [("/resources/data/0/operations", json!(["Delete"]))];
    check(&operations, Topic::Instance, Verdict::Fails, Finding::NotRestorable);
    assert_eq!(worse(&[("/resources/data", json!([]))]), [], "protected, and the graph does not know it yet");
}

#[test]
fn another_restore_of_the_server_is_called_out_while_it_runs_and_for_a_day_after() {
    let jobs = |jobs: &[Value]| [("/backupJobs", list(jobs))];
    check(&jobs(&[job('1', json!({}))]), Topic::Jobs, Verdict::Warns, Finding::Runs(id('1')));
    let ended = |status: &str, hours: i64| {
        let at = START - Span::from_secs(hours * 3600);
        (at, job('2', json!({"status": status, "startTime": (at - Span::from_secs(60)).iso(), "endTime": at.iso()})))
    };
    let (at, one) = ended("Completed", 23);
    check(&jobs(&[ended("Completed", 24).1, one]), Topic::Jobs, Verdict::Warns, Finding::Recent(id('2'), at));
    for fine in [ended("Completed", 24).1, ended("Failed", 1).1, ended("Cancelled", 1).1] {
        assert_eq!(worse(&jobs(&[fine])), []);
    }
    let backup = job('3', json!({"operationCategory": "Backup"}));
    let another = job('3', json!({"backupInstanceId": format!("{VAULT}/backupInstances/payments")}));
    assert_eq!(worse(&jobs(&[backup, another])), []);
}

#[test]
fn what_the_person_may_not_do_is_told() {
    let actions = |actions: &str| [("/permissions/value/0/actions", json!([actions]))];
    check(&actions("*/read"), Topic::Permission, Verdict::Fails, Finding::MayNotRestore);
    let restore = "Microsoft.DataProtection/backupVaults/backupInstances/restore/action";
    check(&actions(restore), Topic::Permission, Verdict::Fails, Finding::MayNotRestore);
    assert_eq!(worse(&actions("Microsoft.DataProtection/*")), []);
    check(
        &[("/vault-1/properties", json!({"isVaultProtectedByResourceGuard": true}))],
        Topic::Guard,
        Verdict::Unknown,
        Finding::Guard,
    );
}

#[test]
fn what_cannot_be_read_is_one_line_that_cannot_be_told() {
    for (name, topic) in [
        ("roleAssignments", Topic::Role),
        ("backupJobs", Topic::Jobs),
        ("drill", Topic::Container),
        ("stfiles", Topic::Account),
        ("permissions", Topic::Permission),
    ] {
        let told = worse(&[(&format!("/{name}"), json!(403))]);
        let [(at, Verdict::Unknown, Finding::Unread(fault))] = told.as_slice() else { panic!("{name}: {told:?}") };
        assert_eq!((*at, fault.code), (topic, Code::Forbidden));
    }
    // Without the vault neither its identity, nor its settings, nor its guard are known.
    let told = worse(&[("/vault-1", json!(403))]);
    let topics: Vec<Topic> = told.iter().map(|(topic, ..)| *topic).collect();
    assert_eq!(topics, [Topic::Role, Topic::Guard]);
}

#[test]
fn lines_keep_their_place_whatever_is_found() {
    let order = |azure: &Value| read(azure, SUB, None).into_iter().map(|(topic, ..)| topic).collect::<Vec<_>>();
    let mut azure = well();
    azure["stfiles"]["properties"]["publicNetworkAccess"] = json!("Disabled");
    azure["roleAssignments"] = json!(403);
    assert_eq!(order(&azure), order(&well()));
}

#[test]
fn of_a_target_that_is_not_known_one_line_tells_why() {
    for (absent, finding) in [(true, Finding::NoAccount), (false, Finding::NotLookedUp)] {
        let mut host = Host::new();
        let source = host.with(|context| Source::open(&point().instance, context));
        let preflight = host.with(|context| Preflight::start(&point().instance, None, absent, context));
        let lines = preflight.lines(&source, None, START);
        let of_target: Vec<_> = lines.iter().filter(|line| line.verdict == Verdict::Unknown).collect();
        // Which identity it depends on is asked for first.
        assert!(of_target.len() <= 1 && lines.len() == 5, "{lines:?}");
        assert_ne!(preflight.is_of(&point().instance, None, absent), preflight.is_of(&point().instance, None, !absent));
        assert_eq!(finding.verdict(), Verdict::Unknown);
    }
}

#[test]
fn a_refusal_of_azures_belongs_to_the_line_that_it_is_about() {
    let said = |code: &str, status: u16| {
        let body = format!(r#"{{"error":{{"code":"{code}","message":"no"}}}}"#);
        let problem = pgflex_restore::azure::problem::ArmProblem::of(&answer(status, &[], &body));
        topic_of(&Fault::said(problem, Step::FollowCheck, START))
    };
    for (code, topic) in [
        ("UserErrorMissingRequiredPermissions", Topic::Role),
        ("UserErrorMSIMissingPermissions", Topic::Role),
        ("UserErrorContainerNotAccessible", Topic::Container),
        ("UserErrorMaxConcurrentOperationLimitReached", Topic::Jobs),
        ("UserErrorCrossSubscriptionRestoreNotAllowed", Topic::Subscription),
        ("UserErrorStorageAccountNetworkAccessDenied", Topic::Network),
        ("UserErrorCrossTenantReplicationNotAllowed", Topic::Replication),
        ("AuthorizationFailed", Topic::Permission),
    ] {
        assert_eq!(said(code, 400), Some(topic), "{code}");
    }
    assert_eq!(said("CloudInvalidInputError", 400), None);
}
