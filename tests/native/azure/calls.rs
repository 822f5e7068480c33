//! Every call: its verb and its address, to the letter.

use super::{SUB, VAULT, answer, arm, instance, point, subscription, vault};
use crate::any;
use arbtest::arbtest;
use pgflex_restore::azure::call::{Arm, Call};
use pgflex_restore::azure::calls;
use pgflex_restore::azure::cloud::{ApiVersion, Cloud};
use pgflex_restore::azure::http::ArmUrl;
use pgflex_restore::azure::id::{JobId, PolicyId, ServerId};
use pgflex_restore::azure::restore::RestoreRequest;
use pgflex_restore::moment::Moment;

#[track_caller]
fn check<T>(call: &Call<T>, expected: &str) {
    let (request, expected) = (&call.request, expected.replace("VAULT", VAULT).replace("SUB", SUB));
    assert_eq!(format!("{} {}", request.method.as_str(), request.url.as_str()), expected);
    let url = ArmUrl::admit(call.arm().cloud.arm_host(), request.url.as_str(), call.within());
    assert_eq!(url.as_ref(), Ok(&request.url), "an address of our own would be admitted too");
}

fn request() -> RestoreRequest {
    RestoreRequest {
        point: point().name,
        container_url: "https://acct1.blob.core.windows.net/dumps".into(),
        container: None,
        prefix: "orders-1".into(),
        region: "westeurope".into(),
        identity: None,
    }
}

#[test]
fn lists_are_asked_for_where_azure_has_them() {
    check(&calls::subscriptions(arm()), "GET https://management.azure.com/subscriptions?api-version=2022-12-01");
    check(
        &calls::vaults(arm(), &subscription()),
        "GET https://management.azure.com/subscriptions/SUB/providers/Microsoft.DataProtection/backupVaults\
         ?api-version=2024-04-01",
    );
    check(
        &calls::instances(arm(), &vault()),
        "GET https://management.azure.comVAULT/backupInstances?api-version=2024-04-01",
    );
    check(&calls::jobs(arm(), &vault()), "GET https://management.azure.comVAULT/backupJobs?api-version=2024-04-01");
    let server =
        format!("/subscriptions/{SUB}/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/s");
    let Some(pgflex_restore::azure::id::Found::Server(id)) = pgflex_restore::azure::id::find(&server) else {
        panic!("no server")
    };
    let id: ServerId = id;
    check(
        &calls::instances_of(arm(), &id),
        &format!(
            "GET https://management.azure.com{server}/providers/Microsoft.DataProtection/backupInstances\
             ?api-version=2024-04-01"
        ),
    );
}

#[test]
fn single_things_are_asked_for_by_their_id() {
    check(&calls::vault(arm(), &vault()), "GET https://management.azure.comVAULT?api-version=2024-04-01");
    check(
        &calls::instance(arm(), &instance()),
        "GET https://management.azure.comVAULT/backupInstances/orders-orders-guid?api-version=2024-04-01",
    );
    check(
        &calls::point(arm(), &point()),
        "GET https://management.azure.comVAULT/backupInstances/orders-orders-guid/recoveryPoints/a1b2\
         ?api-version=2024-04-01",
    );
    let job = JobId::parse(&format!("{VAULT}/backupJobs/{SUB}")).unwrap();
    check(&calls::job(arm(), &job), "GET https://management.azure.comVAULT/backupJobs/SUB?api-version=2024-04-01");
    let policy = PolicyId::parse(&format!("{VAULT}/backupPolicies/weekly")).unwrap();
    check(
        &calls::policy(arm(), &policy),
        "GET https://management.azure.comVAULT/backupPolicies/weekly?api-version=2024-04-01",
    );
}

#[test]
fn points_can_be_asked_for_between_two_days() {
    let at = |text| Some(Moment::parse(text).unwrap());
    let root = "GET https://management.azure.comVAULT/backupInstances/orders-orders-guid/recoveryPoints\
                ?api-version=2024-04-01";
    check(&calls::points(arm(), &instance(), None, None), root);
    check(
        &calls::points(arm(), &instance(), at("2026-02-01T00:00:00Z"), None),
        &format!("{root}&$filter=startDate%20eq%20%272026-02-01T00%3A00%3A00.0000000Z%27"),
    );
    check(
        &calls::points(arm(), &instance(), None, at("2026-03-01T12:30:00.5Z")),
        &format!("{root}&$filter=endDate%20eq%20%272026-03-01T12%3A30%3A00.5000000Z%27"),
    );
    check(
        &calls::points(arm(), &instance(), at("2026-02-01T00:00:00Z"), at("2026-03-01T00:00:00Z")),
        &format!(
            "{root}&$filter=startDate%20eq%20%272026-02-01T00%3A00%3A00.0000000Z%27%20and%20\
             endDate%20eq%20%272026-03-01T00%3A00%3A00.0000000Z%27"
        ),
    );
}

#[test]
fn a_check_and_a_restore_are_posted_as_json() {
    let check_call = calls::validate(arm(), &instance(), &request()).unwrap();
    let root = "POST https://management.azure.comVAULT/backupInstances/orders-orders-guid";
    check(&check_call, &format!("{root}/validateRestore?api-version=2024-04-01"));
    let restore = calls::restore(arm(), &instance(), &request()).unwrap();
    check(&restore, &format!("{root}/restore?api-version=2024-04-01"));
    for call in [check_call, restore] {
        assert_eq!(call.request.headers, [("Content-Type".to_string(), "application/json".to_string())]);
        assert!(call.request.body.is_some());
    }
    assert_eq!(calls::vault(arm(), &vault()).request.body, None);
}

#[test]
fn the_api_version_and_the_cloud_are_those_that_are_set() {
    let newer = Arm { cloud: Cloud::China, api: ApiVersion::V2026_03_01 };
    check(&calls::vault(newer, &vault()), "GET https://management.chinacloudapi.cnVAULT?api-version=2026-03-01");
    let older = Arm { cloud: Cloud::UsGovernment, api: ApiVersion::V2021_07_01 };
    check(&calls::vault(older, &vault()), "GET https://management.usgovcloudapi.netVAULT?api-version=2021-07-01");
    // Subscriptions are of another provider and have a version of their own.
    check(
        &calls::subscriptions(older),
        "GET https://management.usgovcloudapi.net/subscriptions?api-version=2022-12-01",
    );
}

#[test]
fn the_clouds_are_those_of_the_table() {
    let rows: Vec<String> = Cloud::ALL
        .into_iter()
        .map(|c| format!("{} {} {} {} {}", c.name(), c.login_host(), c.scope(), c.storage_suffix(), c.portal_host()))
        .collect();
    expect_test::expect![[r#"
        public login.microsoftonline.com https://management.azure.com/user_impersonation core.windows.net portal.azure.com
        usgovernment login.microsoftonline.us https://management.usgovcloudapi.net/user_impersonation core.usgovcloudapi.net portal.azure.us
        china login.chinacloudapi.cn https://management.chinacloudapi.cn/user_impersonation core.chinacloudapi.cn portal.azure.cn
        bleu login.sovcloud-identity.fr https://management.sovcloud-api.fr/user_impersonation core.sovcloud-api.fr portal.sovcloud-azure.fr"#]]
    .assert_eq(&rows.join("\n"));
}

#[test]
fn every_address_of_our_own_is_one_that_would_be_admitted() {
    arbtest(|u| {
        let point = any::point(u)?;
        let vault = &point.instance.vault;
        let (from, until) = (any::moment(u)?, any::moment(u)?);
        for (url, within) in [
            (calls::point(arm(), &point).request.url.clone(), &vault.subscription),
            (calls::points(arm(), &point.instance, Some(from), Some(until)).request.url.clone(), &vault.subscription),
            (calls::jobs(arm(), vault).request.url.clone(), &vault.subscription),
        ] {
            assert_eq!(ArmUrl::admit("management.azure.com", url.as_str(), Some(within)), Ok(url));
        }
        Ok(())
    });
}

#[test]
fn a_failure_status_is_a_problem_whatever_is_asked() {
    for status in [100, 301, 307, 400, 404, 429, 500, 599] {
        // The body would do: the status decides.
        let body = format!(r#"{{"id":"{VAULT}"}}"#);
        assert!(calls::vault(arm(), &vault()).read(&answer(200, &[], &body)).is_ok());
        let problem = calls::vault(arm(), &vault()).read(&answer(status, &[], &body)).unwrap_err();
        assert_eq!(problem.status, status);
    }
}

#[test]
fn a_call_prints_without_its_query() {
    assert_eq!(format!("{:?}", calls::subscriptions(arm())), "GET https://management.azure.com/subscriptions",);
}
