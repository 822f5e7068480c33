//! The official examples of Microsoft's specification, those that the program has a reader for.

use super::{
    accepted, accepted_line, any_instance, any_vault, check, files, instance_line, job_line, json, operation,
    page_line, point_line, progress_line, read, vault_line,
};
use crate::azure::arm;
use expect_test::expect;
use pgflex_restore::azure::calls;
use pgflex_restore::azure::id::{JobId, JobName};
use pgflex_restore::azure::operation::Progress;
use pgflex_restore::fault::{Fault, Step};
use pgflex_restore::moment::Moment;
use serde_json::Value;

fn examples(word: &str) -> Vec<(String, Value)> {
    let read = |name: String| {
        let body = json(&format!("examples/{name}"))?;
        Some((name, body["responses"].clone()))
    };
    files("examples", word).into_iter().filter_map(read).collect()
}

#[test]
fn the_official_examples_of_vaults_are_read() {
    let mut lines = Vec::new();
    for (name, responses) in examples("GetBackupVault") {
        let body = &responses["200"]["body"];
        if body["value"].is_array() {
            let page = read(&calls::vaults(arm(), &any_vault().subscription), 200, body).unwrap();
            lines.push(format!("{name}: {}", page_line(&page)));
            lines.extend(page.items.iter().map(|vault| format!("  {}", vault_line(vault))));
        } else {
            lines
                .push(format!("{name}: {}", vault_line(&read(&calls::vault(arm(), &any_vault()), 200, body).unwrap())));
        }
    }
    check(
        &lines,
        expect![[r#"
        2021-07-01.GetBackupVault.json: swaggerExample in WestUS, principal -
        2021-07-01.GetBackupVaultWithMSI.json: swaggerExample in WestUS, principal c009b9a0-0024-417c-83cd-025d3776045d
        2021-07-01.GetBackupVaultsInResourceGroup.json: 2 items, 0 skipped, end
          ExampleVault1 in WestUS, principal -
          ExampleVault2 in WestUS, principal c009b9a0-0024-417c-83cd-025d3776045d
        2021-07-01.GetBackupVaultsInSubscription.json: 2 items, 0 skipped, end
          ExampleVault1 in WestUS, principal -
          ExampleVault2 in WestUS, principal -
        2024-04-01.GetBackupVault.json: swaggerExample in WestUS, principal -
        2024-04-01.GetBackupVaultWithCMK.json: swaggerExample in WestUS, principal c009b9a0-0024-417c-83cd-025d3776045d
        2024-04-01.GetBackupVaultWithMSI.json: swaggerExample in WestUS, principal c009b9a0-0024-417c-83cd-025d3776045d
        2024-04-01.GetBackupVaultsInResourceGroup.json: 2 items, 0 skipped, end
          ExampleVault1 in WestUS, principal -
          ExampleVault2 in WestUS, principal c009b9a0-0024-417c-83cd-025d3776045d
        2024-04-01.GetBackupVaultsInSubscription.json: 2 items, 0 skipped, end
          ExampleVault1 in WestUS, principal -
          ExampleVault2 in WestUS, principal -
    "#]],
    );
}

#[test]
fn the_official_examples_of_instances_are_read() {
    let mut lines = Vec::new();
    for (name, responses) in examples("BackupInstance") {
        let body = &responses["200"]["body"];
        if name.contains("OperationResult") || name.contains("GetBackupInstance.") {
            let instance = read(&calls::instance(arm(), &any_instance()), 200, body).unwrap();
            lines.push(format!("{name}: {}", instance_line(&instance)));
        } else {
            let page = read(&calls::instances(arm(), &any_vault()), 200, body).unwrap();
            lines.push(format!("{name}: {}", page_line(&page)));
            lines.extend(page.items.iter().map(|instance| format!("  {}", instance_line(instance))));
        }
    }
    check(
        &lines,
        expect![[r#"
            2021-07-01.GetBackupInstance.json: harshitbi2 of testdb (OssDB), , policy PratikPolicy1, region ""
            2021-07-01.ListBackupInstances.json: 1 items, 0 skipped, end
              harshitbi2 of testdb (OssDB), , policy PratikPolicy1, region ""
            2024-04-01.GetBackupInstance.json: harshitbi2 of testdb (OssDB), , policy PratikPolicy1, region ""
            2024-04-01.GetBackupInstanceOperationResult.json: testInstance1 of testdb (OssDB), , policy PratikPolicy1, region ""
            2024-04-01.ListBackupInstances.json: 1 items, 0 skipped, end
              harshitbi2 of testdb (OssDB), , policy PratikPolicy1, region ""
            2024-04-01.ListBackupInstancesExtensionRouting.json: 1 items, 0 skipped, end
              testDiskBI1-testDiskBI1-7664c12f-4d0a-440f-a0dc-b64f708b10e3 of testDisk (Microsoft.Compute/disks), ProtectionConfigured, policy disk, region "eastus2euap"
        "#]],
    );
}

#[test]
fn the_official_examples_of_recovery_points_are_read() {
    let mut lines = Vec::new();
    for (name, responses) in examples("GetRecoveryPoint") {
        let body = &responses["200"]["body"];
        lines.push(format!(
            "{name}: {}",
            point_line(&read(&calls::point(arm(), &crate::azure::point()), 200, body).unwrap())
        ));
    }
    for (name, responses) in examples("ListRecoveryPoints").into_iter().chain(examples("FetchSecondaryRPs")) {
        let body = &responses["200"]["body"];
        let page = read(&calls::points(arm(), &any_instance(), None, None), 200, body).unwrap();
        lines.push(format!("{name}: {}", page_line(&page)));
        lines.extend(page.items.iter().map(|point| format!("  {}", point_line(point))));
    }
    check(
        &lines,
        expect![[r#"
        2021-07-01.GetRecoveryPoint.json: 7fb2cddd-c5b3-44f6-a0d9-db3c4f9d5f25 2019-03-01T13:00:00Z "" "Full" ["Snapshot", "BackupStorage"] until -
        2024-04-01.GetRecoveryPoint.json: 7fb2cddd-c5b3-44f6-a0d9-db3c4f9d5f25 2019-03-01T13:00:00Z "Completed" "Full" ["Snapshot", "BackupStorage"] until -
        2021-07-01.ListRecoveryPoints.json: 2 items, 0 skipped, end
          7fb2cddd-c5b3-44f6-a0d9-db3c4f9d5e35 2019-03-01T13:00:00Z "" "Full" ["Snapshot", "BackupStorage"] until -
          7fb2cddd-c5b3-44f6-a0d9-db3c4f9d5f25 2019-03-01T13:00:00Z "" "Full" ["Snapshot", "BackupStorage"] until -
        2024-04-01.ListRecoveryPoints.json: 2 items, 0 skipped, end
          7fb2cddd-c5b3-44f6-a0d9-db3c4f9d5e35 2019-03-01T13:00:00Z "Completed" "Full" ["Snapshot", "BackupStorage"] until 2023-03-01T13:00:00Z
          7fb2cddd-c5b3-44f6-a0d9-db3c4f9d5f25 2019-03-01T13:00:00Z "Completed" "Full" ["Snapshot", "BackupStorage"] until -
        2024-04-01.FetchSecondaryRPs.json: 2 items, 0 skipped, end
          7fb2cddd-c5b3-44f6-a0d9-db3c4f9d5e35 2019-03-01T13:00:00Z "" "Full" ["Snapshot", "BackupStorage"] until 2023-03-01T13:00:00Z
          7fb2cddd-c5b3-44f6-a0d9-db3c4f9d5f25 2019-03-01T13:00:00Z "" "Full" ["Snapshot", "BackupStorage"] until -
    "#]],
    );
}

#[test]
fn the_official_examples_of_jobs_are_read() {
    let id = JobId { vault: any_vault(), name: JobName::parse(crate::azure::SUB).unwrap() };
    let mut lines = Vec::new();
    for word in ["GetJob", "FetchCrossRegionRestoreJob.", "ListJobs", "FetchCrossRegionRestoreJobs"] {
        for (name, responses) in examples(word) {
            let body = &responses["200"]["body"];
            if body["value"].is_array() {
                let page = read(&calls::jobs(arm(), &any_vault()), 200, body).unwrap();
                lines.push(format!("{name}: {}", page_line(&page)));
                lines.extend(page.items.iter().map(|job| format!("  {}", job_line(job))));
            } else {
                lines.push(format!("{name}: {}", job_line(&read(&calls::job(arm(), &id), 200, body).unwrap())));
            }
        }
    }
    check(
        &lines,
        expect![[r#"
        2021-07-01.GetJob.json: 3c60cb49-63e8-4b21-b9bd-26277b3fdfae Backup Running (Started) 2021-03-17T03:00:03Z to -, - s, tasks ["Trigger Backup Started"]
        2024-04-01.GetJob.json: 3c60cb49-63e8-4b21-b9bd-26277b3fdfae Backup Running (Started) 2021-03-17T03:00:03Z to -, - s, tasks ["Trigger Backup Started"]
        2024-04-01.FetchCrossRegionRestoreJob.json: 3c60cb49-63e8-4b21-b9bd-26277b3fdfae Backup Running (Started) 2021-03-17T03:00:03Z to -, - s, tasks ["Trigger Backup Started"]
        2021-07-01.ListJobs.json: 4 items, 0 skipped, end
          8989416e-7573-4836-8cf1-0e90954f1002 Backup Running (Started) 2021-03-16T05:00:08Z to -, - s
          ad218c05-242a-47c2-b7b7-c16bd0f8870c Backup Running (Started) 2021-03-16T18:00:03Z to -, - s
          3c60cb49-63e8-4b21-b9bd-26277b3fdfae Backup Running (Started) 2021-03-17T03:00:03Z to -, - s
          43252662-1b43-44fd-a856-0055665cb097 Backup Completed (Succeeded) 2021-03-17T11:11:50Z to 2021-03-17T11:14:02Z, 131 s
        2024-04-01.ListJobs.json: 4 items, 0 skipped, end
          8989416e-7573-4836-8cf1-0e90954f1002 Backup Running (Started) 2021-03-16T05:00:08Z to -, - s
          ad218c05-242a-47c2-b7b7-c16bd0f8870c Backup Running (Started) 2021-03-16T18:00:03Z to -, - s
          3c60cb49-63e8-4b21-b9bd-26277b3fdfae Backup Running (Started) 2021-03-17T03:00:03Z to -, - s
          43252662-1b43-44fd-a856-0055665cb097 Backup Completed (Succeeded) 2021-03-17T11:11:50Z to 2021-03-17T11:14:02Z, 131 s
        2024-04-01.FetchCrossRegionRestoreJobs.json: 4 items, 0 skipped, end
          8989416e-7573-4836-8cf1-0e90954f1002 Backup Running (Started) 2021-03-16T05:00:08Z to -, - s
          ad218c05-242a-47c2-b7b7-c16bd0f8870c Backup Running (Started) 2021-03-16T18:00:03Z to -, - s
          3c60cb49-63e8-4b21-b9bd-26277b3fdfae Backup Running (Started) 2021-03-17T03:00:03Z to -, - s
          43252662-1b43-44fd-a856-0055665cb097 Backup Completed (Succeeded) 2021-03-17T11:11:50Z to 2021-03-17T11:14:02Z, 131 s
    "#]],
    );
}

#[test]
fn the_official_examples_of_operations_are_read() {
    let mut lines = Vec::new();
    for word in ["TriggerRestore", "ValidateRestore", "GetOperationResult", "GetOperationStatus"] {
        for (name, responses) in examples(word) {
            let (over, running) = (&responses["200"], &responses["202"]);
            if !running.is_null() {
                let location = running["headers"]["Location"].as_str().unwrap();
                lines.push(format!(
                    "{name}: {}",
                    accepted_line(&accepted(location, 202, &running["headers"], &Value::Null))
                ));
            }
            let header = if word == "GetOperationStatus" { "Azure-AsyncOperation" } else { "Location" };
            let said = read(&operation(header).ask(), 200, &over["body"]).unwrap();
            lines.push(format!("  {}", progress_line(&said)));
        }
    }
    check(
        &lines,
        expect![[r#"
        2021-07-01.TriggerRestore.json: operationStatus at management.azure.com by AzureAsyncOperation after 60 s
          succeeded, job None, - to -
        2021-07-01.TriggerRestoreAsFiles.json: operationStatus at management.azure.com by AzureAsyncOperation after 60 s
          succeeded, job None, - to -
        2021-07-01.TriggerRestoreWithRehydration.json: operationStatus at management.azure.com by AzureAsyncOperation after 60 s
          succeeded, job None, - to -
        2024-04-01.TriggerRestore.json: operationStatus at management.azure.com by AzureAsyncOperation after 60 s
          succeeded, job None, - to -
        2024-04-01.TriggerRestoreAsFiles.json: operationStatus at management.azure.com by AzureAsyncOperation after 60 s
          succeeded, job None, - to -
        2024-04-01.TriggerRestoreWithRehydration.json: operationStatus at management.azure.com by AzureAsyncOperation after 60 s
          succeeded, job None, - to -
        2026-03-01.TriggerRestoreAsFiles.json: operationStatus at management.azure.com by AzureAsyncOperation after 60 s
          succeeded, job None, - to -
        2021-07-01.ValidateRestore.json: operationStatus at management.azure.com by AzureAsyncOperation after 60 s
          succeeded, job None, - to -
        2024-04-01.ValidateRestore.json: operationStatus at management.azure.com by AzureAsyncOperation after 60 s
          succeeded, job None, - to -
        2021-07-01.GetOperationResult.json: blind Some(Host)
          succeeded, job None, - to -
        2024-04-01.GetOperationResult.json: blind Some(Host)
          succeeded, job None, - to -
        2026-03-01.GetOperationResult.json: blind Some(Host)
          succeeded, job None, - to -
          succeeded, job None, 2019-11-20T09:49:44Z to 2019-11-20T09:49:46Z
          succeeded, job None, 2019-11-20T09:49:44Z to 2019-11-20T09:49:46Z
          succeeded, job None, 2019-11-20T09:49:44Z to 2019-11-20T09:49:46Z
          succeeded, job None, 2019-11-20T09:49:44Z to 2019-11-20T09:49:46Z
          succeeded, job None, 2019-11-20T09:49:44Z to 2019-11-20T09:49:46Z
    "#]],
    );
}

#[test]
fn the_documented_failed_check_names_who_lacks_what() {
    let Some(body) = json("examples/docs.OperationStatus.Failed.UserErrorMissingRequiredPermissions.json") else {
        return;
    };
    let Progress::Failed(problem) = read(&operation("Azure-AsyncOperation").ask(), 200, &body).unwrap() else {
        panic!("not failed")
    };
    let missing = problem.missing.clone().unwrap();
    let scope = missing.scope.rsplit_once("/flexibleServers/").map(|(_, rest)| rest.to_string());
    check(
        &[
            problem.chain.iter().map(|cause| cause.code.as_str()).collect::<Vec<_>>().join(" < "),
            format!("{} lacks {} at {scope:?}", missing.principal, missing.action),
            format!("{:?}, {} words of advice", problem.activity, problem.advice.len()),
            format!("{:?}", Fault::said(problem, Step::FollowCheck, Moment::default()).code),
        ],
        expect![[r#"
            UserErrorMissingRequiredPermissions < UserErrorMissingRequiredPermissions
            a8b24f84-f43c-45b3-aa54-e3f6d54d31a6 lacks Microsoft.Authorization/roleAssignments/read at Some("pgflextestserver/providers/Microsoft.Authorization")
            Some("3e7cacb3-65cd-4b3c-8145-71fe90d57327"), 1 words of advice
            VaultLacksRole
        "#]],
    );
}
