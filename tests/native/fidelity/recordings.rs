//! Real requests and answers, recorded with Microsoft's own tools.

use super::{
    accepted, accepted_line, any_instance, any_vault, check, instance_line, job_line, json, operation, page_line,
    point_line, progress_line, read, text, vault_line,
};
use crate::azure::{answer, arm};
use expect_test::expect;
use pgflex_restore::azure::calls;
use pgflex_restore::azure::cloud::ApiVersion;
use pgflex_restore::azure::id::{Found, JobId, JobName, PointName, find};
use pgflex_restore::azure::problem::ArmProblem;
use pgflex_restore::azure::restore::RestoreRequest;
use pgflex_restore::fault::{Fault, Step};
use pgflex_restore::moment::Moment;
use pgflex_restore::words::faults;
use serde_json::Value;

/// What a person reads of an error: our kind and heading.
fn shown(problem: Box<ArmProblem>, step: Step) -> String {
    let fault = Fault::said(problem, step, Moment::default());
    format!("{:?} “{}”", fault.code, faults::title(&fault))
}

#[test]
fn recorded_refusals_are_read() {
    let mut lines = Vec::new();
    for recorded in json("recordings/az-cli-failures.json").iter().flat_map(|all| all.as_array().unwrap()) {
        let (status, body) = (recorded[5].as_u64().unwrap() as u16, recorded[6].as_str().unwrap());
        let problem = ArmProblem::of(&answer(status, &[], body));
        let codes: Vec<&str> = problem.chain.iter().map(|cause| cause.code.as_str()).collect();
        let words = problem.cause().message.len();
        let line =
            format!("{status} {codes:?}, {words} letters, {} advice, {:?}", problem.advice.len(), problem.activity);
        assert!(!problem.malformed && problem.raw == body);
        lines.push(format!("{line}: {}", shown(problem, Step::Restore)));
    }
    check(
        &lines,
        expect![[r#"
            404 ["ResourceGroupNotFound"], 43 letters, 0 advice, None: NotFound “Azure does not find something that the request names”
            404 ["UserErrorGenericResourceNotFound"], 123 letters, 0 advice, None: NotFound “Azure does not find something that the request names”
            400 ["UserErrorDppDatasourceAlreadyHasBackupInstance"], 332 letters, 1 advice, Some("3b5c6718-3391-11ef-9f99-60a5e243551b"): BadRequest “Azure refuses the request”
            400 ["UserErrorDisableSoftDeleteNotAllowed"], 47 letters, 1 advice, Some("15e611a8-33a3-11ef-804b-60a5e243551b"): BadRequest “Azure refuses the request”
            400 ["UserErrorUnsupportedVaultImmutabilityStateChange"], 94 letters, 1 advice, Some("2d7b1bf3-33a3-11ef-881b-60a5e243551b"): BadRequest “Azure refuses the request”
            400 ["UserErrorCrossRegionRestoreStateChangeNotAllowed"], 68 letters, 1 advice, Some("368c0f3d-33a3-11ef-b1e6-60a5e243551b"): BadRequest “Azure refuses the request”
            400 ["DppPluginInvalidInputParameters"], 27 letters, 1 advice, Some("718247ce-0d26-11ef-b97b-6045bd876689"): BadRequest “Azure refuses the request”
            500 ["CloudInternalError"], 53 letters, 1 advice, Some("7232b635-0d26-11ef-825a-6045bd876689"): AzureTrouble “Azure has a problem of its own”
            400 ["UserErrorInvalidRestorableTimeRange"], 31 letters, 1 advice, Some("7dc181ba-0d26-11ef-aff2-6045bd876689"): BadRequest “Azure refuses the request”
            429 ["FailedIdentityOperation"], 606 letters, 0 advice, None: Throttled “Azure asks us to slow down”
            404 ["UserErrorGenericResourceNotFound"], 123 letters, 0 advice, None: NotFound “Azure does not find something that the request names”
        "#]],
    );
}

#[test]
fn recorded_jobs_that_failed_are_read() {
    let id = JobId { vault: any_vault(), name: JobName::parse(crate::azure::SUB).unwrap() };
    let mut lines = Vec::new();
    for recorded in json("recordings/failed-jobs.json").iter().flat_map(|all| all.as_array().unwrap()) {
        let job = read(&calls::job(arm(), &id), 200, recorded).unwrap();
        let problem = job.problem.clone().unwrap();
        let codes: Vec<&str> = problem.chain.iter().map(|cause| cause.code.as_str()).collect();
        lines.push(format!("{} {:?} {} s {codes:?}", job.id.name, job.status, job.took.map_or(0, |took| took.secs())));
        lines.push(format!("  {}", shown(Box::new(problem), Step::FollowRestore)));
    }
    check(
        &lines,
        expect![[r#"
            7385170d-48d1-4435-bf26-8f047aefd32a Failed 342 s ["DppPluginInvalidInputParameters", "InternalServerError"]
              AzureTrouble “Azure has a problem of its own”
            75b13c14-d2d1-4d0a-b7b3-cc2d29a2baf9 Failed 13721 s ["InternalServerError"]
              AzureTrouble “Azure has a problem of its own”
            8b8216da-d822-493e-822a-6f52f7ba33d9 Failed 339 s ["DppPluginInvalidInputParameters", "InternalServerError"]
              AzureTrouble “Azure has a problem of its own”
            188496af-4e6d-4698-a5a4-15a7380377d4 Failed 120145 s ["MOSJobTimedOutError"]
              Other “Azure could not carry out the restore”
        "#]],
    );
}

/// A recorded flow, each exchange read as what its address says it is.
fn flow(name: &str) -> Vec<String> {
    let Some(flow) = json(&format!("recordings/{name}")) else { return Vec::new() };
    flow["interactions"].as_array().unwrap().iter().flat_map(exchange).collect()
}

fn exchange(said: &Value) -> Vec<String> {
    let (url, method) = (said["url"].as_str().unwrap(), said["method"].as_str().unwrap());
    let path = url.split('?').next().unwrap();
    let (status, body) = (said["status"].as_u64().unwrap() as u16, &said["body"]);
    let last = path.rsplit('/').next().unwrap();
    let kind = path.rsplit('/').nth(1).unwrap();
    let job = JobId { vault: any_vault(), name: JobName::parse(crate::azure::SUB).unwrap() };
    match (method, kind, last) {
        ("POST", _, "validateRestore" | "restore") => {
            vec![format!("{last}: {}", accepted_line(&accepted(url, status, &said["headers"], body)))]
        }
        ("GET", "operationStatus", _) => {
            vec![format!(
                "status: {}",
                progress_line(&read(&operation("Azure-AsyncOperation").ask(), status, body).unwrap())
            )]
        }
        ("GET", "operationResults", _) => {
            vec![format!("result: {}", progress_line(&read(&operation("Location").ask(), status, body).unwrap()))]
        }
        ("GET", "backupJobs", _) => {
            vec![format!("job: {}", job_line(&read(&calls::job(arm(), &job), status, body).unwrap()))]
        }
        ("GET", _, "backupJobs") => {
            let page = read(&calls::jobs(arm(), &any_vault()), status, body).unwrap();
            let failed = page.items.iter().filter(|job| job.problem.is_some()).count();
            let mut words: Vec<String> =
                page.items.iter().map(|job| format!("{} {}", job.category, job.word)).collect();
            words.sort();
            words.dedup();
            vec![format!("jobs: {}, {failed} with a problem, {words:?}", page_line(&page))]
        }
        (_, _, "recoveryPoints" | "fetchSecondaryRecoveryPoints") => {
            let page = read(&calls::points(arm(), &any_instance(), None, None), status, body).unwrap();
            let ends = [page.items.first(), page.items.last()];
            let sorted = page.items.is_sorted_by(|a, b| a.made >= b.made);
            let mut lines = vec![format!("points: {}, newest first {sorted}", page_line(&page))];
            lines.extend(ends.into_iter().flatten().map(|point| format!("  {}", point_line(point))));
            lines
        }
        // The resource graph gives rows as the resource manager gives resources.
        ("POST", _, "resources") => {
            let wrapped = serde_json::json!({"value": body["data"]});
            let row = wrapped["value"][0]["type"].as_str().unwrap_or_default();
            let told = match row.rsplit('/').next().unwrap_or_default() {
                "backupinstances" => {
                    let page = read(&calls::instances(arm(), &any_vault()), status, &wrapped).unwrap();
                    page_line(&page)
                        + &page.items.iter().map(|i| format!("\n  {}", instance_line(i))).collect::<String>()
                }
                "backupvaults" => {
                    let page = read(&calls::vaults(arm(), &any_vault().subscription), status, &wrapped).unwrap();
                    page_line(&page) + &page.items.iter().map(|v| format!("\n  {}", vault_line(v))).collect::<String>()
                }
                "backupjobs" => {
                    let page = read(&calls::jobs(arm(), &any_vault()), status, &wrapped).unwrap();
                    page_line(&page) + &page.items.first().map(|j| format!("\n  {}", job_line(j))).unwrap_or_default()
                }
                other => panic!("rows of {other:?}"),
            };
            vec![format!("graph: {told}")]
        }
        _ => panic!("no reader for {method} {path}"),
    }
}

#[test]
fn a_recorded_restore_as_files_is_read_from_its_check_to_its_job() {
    check(
        &flow("flow-oss-restore-as-files-2023-11-01.json"),
        expect![[r#"
        points: 1 items, 0 skipped, end, newest first true
          3e192126995b408bab9f4252d76c6b23 2024-02-20T12:10:27Z "Completed" "Full" ["VaultStore"] until -
          3e192126995b408bab9f4252d76c6b23 2024-02-20T12:10:27Z "Completed" "Full" ["VaultStore"] until -
        validateRestore: operationStatus at management.azure.com by AzureAsyncOperation after 10 s
        status: running (Inprogress)
        status: succeeded, job None, 2024-02-20T12:14:32Z to 2024-02-20T12:14:53Z
        result: succeeded, job None, - to -
        restore: operationStatus at management.azure.com by AzureAsyncOperation after 10 s
        status: running (Inprogress)
        status: succeeded, job Some(0666f514-c6d8-432b-ba28-8588e12b0410), 2024-02-20T12:15:04Z to 2024-02-20T12:15:06Z
        result: succeeded, job Some(0666f514-c6d8-432b-ba28-8588e12b0410), - to -
        job: 0666f514-c6d8-432b-ba28-8588e12b0410 Restore Running (InProgress) 2024-02-20T12:15:05Z to -, - s, postgres_restore_20022024_174431 of 3e192126995b408bab9f4252d76c6b23 to https://ossclitestsa.blob.core.windows.net/oss-clitest-blob-container, None bytes, tasks ["Trigger Restore InProgress"]
        job: 0666f514-c6d8-432b-ba28-8588e12b0410 Restore Completed (Completed) 2024-02-20T12:15:05Z to 2024-02-20T12:16:53Z, 108 s, postgres_restore_20022024_174431 of 3e192126995b408bab9f4252d76c6b23 to https://ossclitestsa.blob.core.windows.net/oss-clitest-blob-container, Some(0) bytes, tasks ["Trigger Restore Completed"]
    "#]],
    );
}

#[test]
fn recorded_jobs_are_read_from_the_list_one_by_one_and_from_the_graph() {
    check(
        &flow("flow-job-list-and-show.json"),
        expect![[r#"
        jobs: 30 items, 0 skipped, end, 0 with a problem, ["Backup Completed", "Restore InProgress"]
        graph: 19 items, 0 skipped, end
          08cf7afb-6364-41cf-8601-95b150cce3a5 Backup Completed (Completed) 2024-05-04T12:00:12Z to 2024-05-04T12:03:26Z, 193 s, tasks ["Trigger Backup Completed"]
        job: 08cf7afb-6364-41cf-8601-95b150cce3a5 Backup Completed (Completed) 2024-05-04T12:00:12Z to 2024-05-04T12:03:26Z, 193 s, tasks ["Trigger Backup Completed"]
        graph: 1 items, 0 skipped, end
          clitest-bkp-vault-crr-donotdelete in eastus2euap, principal 39ad4895-eb8c-46f2-bf6f-3e0fc9767ac3
    "#]],
    );
}

#[test]
fn recorded_recovery_points_are_read() {
    check(
        &flow("flow-recovery-point-list.json"),
        expect![[r#"
        points: 7 items, 0 skipped, end, newest first true
          c2d6d06376ee42028787ffaf297f5667 2024-05-07T12:02:21Z "" "Incremental" ["OperationalStore"] until 2024-05-14T12:01:08Z
          48f388b5d43e47758cfabbd8038ebf0e 2024-05-01T12:02:15Z "" "Incremental" ["OperationalStore"] until 2024-05-08T12:01:03Z
        points: 0 items, 0 skipped, end, newest first true
        graph: 1 items, 0 skipped, end
          clitestcrr-ecy-postgres-8f1f81c9-8869-48c5-8b07-ef587f1b5052 of postgres (Microsoft.DBforPostgreSQL/servers/databases), ProtectionConfigured, policy crrclitestbackuppolicy, region "eastus2euap"
        points: 12 items, 0 skipped, end, newest first true
          31788f9e3c4b4337b24d8cc3dc57bca2 2024-05-05T22:00:47Z "Completed" "Full" ["VaultStore"] until 2024-08-05T22:00:47Z
          8f05f2d43fc34f2c9e79b7d5ea2a7bd9 2024-02-23T09:01:16Z "Completed" "Full" ["VaultStore"] until 2024-05-23T09:01:16Z
    "#]],
    );
}

#[test]
fn recorded_rows_of_the_graph_are_read() {
    check(
        &flow("flow-arg-backup-instances.json"),
        expect![[r#"
        graph: 1 items, 0 skipped, end
          clitest-disk-persistent-bi-donotdelete-clitest-disk-persistent-bi-donotdelete-e33c80ba-0bf8-11ee-aaa6-002b670b472e of clitest-disk-persistent-bi-donotdelete (Microsoft.Compute/disks), ProtectionConfigured, policy diskpolicy, region "centraluseuap"
    "#]],
    );
    check(
        &flow("flow-arg-backup-vaults.json"),
        expect![[r#"
        graph: 1 items, 0 skipped, end
          clitest-bkp-vault-persistent-bi-donotdelete in centraluseuap, principal 9d390201-843e-44d8-ab2c-fef15f3de22d
    "#]],
    );
}

/// Role assignments have no reader yet; what the program relies on is that their addresses are of Azure.
#[test]
fn recorded_ids_of_role_assignments_are_no_vaults() {
    let Some(flow) = json("recordings/flow-role-assignments.json") else { return };
    let mut seen = 0;
    for said in flow["interactions"].as_array().unwrap() {
        for row in said["body"]["value"].as_array().into_iter().flatten() {
            let found = find(row["id"].as_str().unwrap());
            assert!(!matches!(found, Some(Found::Vault(_) | Found::Job(_) | Found::Point(_))), "{found:?}");
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
}

/// The request of ours that says what a recorded one said.
fn ours(inner: &Value, container: Option<&str>) -> RestoreRequest {
    let target = &inner["restoreTargetInfo"];
    let text = |value: &Value| value.as_str().unwrap().to_string();
    RestoreRequest {
        point: PointName::parse(inner["recoveryPointId"].as_str().unwrap()).unwrap(),
        container_url: text(&target["targetDetails"]["url"]),
        container: container.map(|id| match find(id) {
            Some(Found::Container(id)) => id,
            other => panic!("{other:?}"),
        }),
        prefix: text(&target["targetDetails"]["filePrefix"]),
        region: text(&target["restoreLocation"]),
        identity: None,
    }
}

#[test]
fn the_body_that_azure_took_of_others_is_the_body_that_we_send() {
    let Some(flow) = json("recordings/flow-oss-restore-as-files-2023-11-01.json") else { return };
    let vault = any_vault().subscription;
    let mut seen = 0;
    for said in flow["interactions"].as_array().unwrap() {
        let url = said["url"].as_str().unwrap();
        let sent = &said["requestBody"];
        if url.contains("/validateRestore?") {
            let wrapped = ours(&sent["restoreRequestObject"], None).wrapped(ApiVersion::default(), &vault).unwrap();
            assert_eq!(&serde_json::from_str::<Value>(&wrapped).unwrap(), sent);
            seen += 1;
        }
        if url.contains("/restore?") {
            let bare = ours(sent, None).bare(ApiVersion::default(), &vault).unwrap();
            assert_eq!(&serde_json::from_str::<Value>(&bare).unwrap(), sent);
            seen += 1;
        }
    }
    assert_eq!(seen, 2);
}

#[test]
fn the_body_that_restored_a_flexible_server_is_the_body_that_we_send() {
    let Some(page) = text("azure-api.md") else { return };
    let (_, after) = page.split_once("The very body that worked").unwrap();
    let body = after.split("```json").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    // The page cuts the container's id short.
    let group = format!("/subscriptions/{}/resourceGroups/rg", crate::azure::SUB);
    let mut sent: Value = serde_json::from_str(&body.replace("/subscriptions/…", &group)).unwrap();
    let inner = sent["restoreRequestObject"].take();
    let container = inner["restoreTargetInfo"]["targetDetails"]["targetResourceArmId"].as_str();
    let bare = ours(&inner, container).bare(ApiVersion::V2026_03_01, &any_vault().subscription).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&bare).unwrap(), inner);
}
