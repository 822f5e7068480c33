//! What a person reads of every error that was recorded or documented: not what was parsed, but the words on the page.
//!
//! The errors stand outside the project (`fidelity`). Most are of other requests than ours, recorded with Microsoft's
//! tools; each is met where this program could meet it: a refused read at the list of points, any other one at the check.

use super::drills::review;
use super::failures::status;
use super::journey::{DRILLS, PRODUCTION, to_review};
use super::story::{Story, person};
use crate::fidelity::json;
use expect_test::{Expect, expect};
use pgflex_restore::azure::http::{Method, Response};
use serde_json::Value;

const POINTS: &str = "#/points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19";

/// What the page says that it did not say before.
fn added(story: &Story, before: &str) -> String {
    let now = story.text();
    now.lines()
        .filter(|line| !before.lines().any(|said| said == *line))
        .fold(String::new(), |all, line| all + line + "\n")
}

/// The sentence of the deepest error of a body, read in the simplest way there is: by how deep it stands.
fn deepest(body: &Value) -> String {
    fn look(value: &Value, depth: usize, best: &mut (usize, String)) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    let speaks = ["message", "Value", "DetailedNonLocalisedMessage"].contains(&name.as_str());
                    if let Some(words) = value.as_str().filter(|words| speaks && !words.is_empty())
                        && depth >= best.0
                    {
                        *best = (depth, words.to_string());
                    }
                    look(value, depth + 1, best);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| look(item, depth + 1, best)),
            _ => {}
        }
    }
    let mut best = (0, String::new());
    look(body, 0, &mut best);
    best.1
}

/// What the page says has the deepest cause in it, and is this.
#[track_caller]
fn check(told: &str, bodies: &[Value], expected: Expect) {
    for body in bodies {
        let cause = deepest(body);
        assert!(!cause.is_empty() && told.contains(&cause), "“{cause}” is not told:\n{told}");
    }
    if !bodies.is_empty() {
        expected.assert_eq(told);
    }
}

#[test]
fn recorded_refusals_as_a_person_reads_them() {
    let (mut told, mut bodies) = (String::new(), Vec::new());
    for recorded in json("recordings/az-cli-failures.json").iter().flat_map(|all| all.as_array().unwrap()) {
        let (method, code, body) =
            (recorded[3].as_str().unwrap(), recorded[5].as_u64().unwrap() as u16, recorded[6].as_str().unwrap());
        let refused = status(code, &[], body);
        let mut story = Story::closed(POINTS);
        let before = if method == "GET" {
            story.between =
                Box::new(move |_, request| request.url.path().ends_with("/recoveryPoints").then(|| refused.clone()));
            String::new()
        } else {
            story.start(person());
            review(&mut story);
            let before = story.text();
            story.between = Box::new(move |_, request| (request.method == Method::Post).then(|| refused.clone()));
            before
        };
        if before.is_empty() {
            story.start(person());
        } else {
            story.press("Check with Azure");
        }
        story.wait(5);
        told += &format!("--- {method} {code}\n{}", added(&story, &before));
        bodies.push(serde_json::from_str(body).unwrap());
    }
    check(
        &told,
        &bodies,
        expect![[r#"
            --- GET 404
            step 2 of 5
            # psql-orders-prod
            (Ok) Protected  bvault-prod-weu  West Europe  Policy weekly-12m
            Bad: Azure does not know this backup
              The address may be wrong, or it was deleted or moved.
              Azure says: “Resource group 'dpp-rg' could not be found.” ResourceGroupNotFound
              [Try again !]
              > What Azure sent
                <the answer: 98 characters>
            The vault is there and your account can read it. So this was deleted or moved, or the address is wrong: another account will not see it either.
            --- POST 404
            ## Azure does not find something that the request names
              The address may be wrong, or it was deleted or moved. Another account may see it.
              [Bad] The cause UserErrorGenericResourceNotFound deepest
                “Azure resource does not exist. Please make sure required resources exist. If the issue persists, contact Microsoft support.”
              > What Azure sent
                <the answer: 218 characters>
              1 warning, 10 are fine. Read from Azure 5 s ago. [Read again]
              [Ok] The vault can write to the container OK
              [Ok] You can check and start restores of this server OK
              [Ok] The container exists, and its files can be changed OK
              [Ok] The storage account allows cross-tenant replication, which Azure Backup needs OK
              [Ok] Public network access to the storage account is on, for all networks OK
              [Ok] Nobody can read the files without a role OK
              [Ok] Vault and storage account are in the same region OK
              [Ok] The backup can be restored OK
              [Ok] No other restore of this server is running, and none ran in the last 24 hours OK
              Bad: Azure would refuse it Azure does not find something that the request names
              The reason is on this page, with what to do.
              Nothing was started.
            --- POST 400
            ## Azure refuses the request
              Go over the target and the prefix again. Azure’s own words below say what it does not accept.
              [Bad] The cause UserErrorDppDatasourceAlreadyHasBackupInstance deepest
                “Datasource is already associated with the backup instance clitest-disk-sd-donotdelete in the Backup vault /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/clitest-dpp-rg/providers/Microsoft.DataProtection/backupVaults/clitest-bkp-vault-persistent-bi-donotdelete with the protection status as ConfiguringProtection.”
              ## What Azure advises
                - “Delete the backup instance clitest-disk-sd-donotdelete from the Backup vault /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/clitest-dpp-rg/providers/Microsoft.DataProtection/backupVaults/clitest-bkp-vault-persistent-bi-donotdelete to re-protect the datasource in any other vault”
              > What Azure sent
                Activity id: 3b5c6718-3391-11ef-9f99-60a5e243551b
                <the answer: 1372 characters>
              1 warning, 10 are fine. Read from Azure 5 s ago. [Read again]
              [Ok] The vault can write to the container OK
              [Ok] You can check and start restores of this server OK
              [Ok] The container exists, and its files can be changed OK
              [Ok] The storage account allows cross-tenant replication, which Azure Backup needs OK
              [Ok] Public network access to the storage account is on, for all networks OK
              [Ok] Nobody can read the files without a role OK
              [Ok] Vault and storage account are in the same region OK
              [Ok] The backup can be restored OK
              [Ok] No other restore of this server is running, and none ran in the last 24 hours OK
              Bad: Azure would refuse it Azure refuses the request
              The reason is on this page, with what to do.
              Nothing was started.
            --- PUT 400
            ## Azure refuses the request
              Go over the target and the prefix again. Azure’s own words below say what it does not accept.
              [Bad] The cause UserErrorDisableSoftDeleteNotAllowed deepest
                “Cannot disable soft delete once set to AlwaysOn”
              ## What Azure advises
                - “Please contact Microsoft Support if this is not expected.”
              > What Azure sent
                Activity id: 15e611a8-33a3-11ef-804b-60a5e243551b
                <the answer: 541 characters>
              1 warning, 10 are fine. Read from Azure 5 s ago. [Read again]
              [Ok] The vault can write to the container OK
              [Ok] You can check and start restores of this server OK
              [Ok] The container exists, and its files can be changed OK
              [Ok] The storage account allows cross-tenant replication, which Azure Backup needs OK
              [Ok] Public network access to the storage account is on, for all networks OK
              [Ok] Nobody can read the files without a role OK
              [Ok] Vault and storage account are in the same region OK
              [Ok] The backup can be restored OK
              [Ok] No other restore of this server is running, and none ran in the last 24 hours OK
              Bad: Azure would refuse it Azure refuses the request
              The reason is on this page, with what to do.
              Nothing was started.
            --- PUT 400
              1 warning, 10 are fine. Read from Azure 5 s ago. [Read again]
              [Ok] The vault can write to the container OK
              [Ok] You can check and start restores of this server OK
              [Bad] The container exists, and its files can be changed Azure refuses
              [Ok] The storage account allows cross-tenant replication, which Azure Backup needs OK
              [Ok] Public network access to the storage account is on, for all networks OK
              [Ok] Nobody can read the files without a role OK
              [Ok] Vault and storage account are in the same region OK
              [Ok] The backup can be restored OK
              [Ok] No other restore of this server is running, and none ran in the last 24 hours OK
                (Bad) Azure refuses the request
                Go over the target and the prefix again. Azure’s own words below say what it does not accept.
                [Bad] The cause UserErrorUnsupportedVaultImmutabilityStateChange deepest
                  “The immutable vault property for this vault is locked, hence, this setting cannot be disabled.”
                ## What Azure advises
                  - “The vault has its immutable vault property enabled and locked, and it can no longer be reverted to a non-immutable vault. Refer to the documentation to learn more: https://aka.ms/AB-ImmutableVaults-States”
                > What Azure sent
                  Activity id: 2d7b1bf3-33a3-11ef-881b-60a5e243551b
                  <the answer: 807 characters>
              Bad: Azure would refuse it Azure refuses the request
              The reason is on this page, with what to do.
              Nothing was started.
            --- PUT 400
            ## Azure refuses the request
              Go over the target and the prefix again. Azure’s own words below say what it does not accept.
              [Bad] The cause UserErrorCrossRegionRestoreStateChangeNotAllowed deepest
                “CrossRegionRestore state cannot be changed from Enabled to Disabled.”
              ## What Azure advises
                - “Please contact Microsoft Support if this is not expected.”
              > What Azure sent
                Activity id: 368c0f3d-33a3-11ef-b1e6-60a5e243551b
                <the answer: 607 characters>
              1 warning, 10 are fine. Read from Azure 5 s ago. [Read again]
              [Ok] The vault can write to the container OK
              [Ok] You can check and start restores of this server OK
              [Ok] The container exists, and its files can be changed OK
              [Ok] The storage account allows cross-tenant replication, which Azure Backup needs OK
              [Ok] Public network access to the storage account is on, for all networks OK
              [Ok] Nobody can read the files without a role OK
              [Ok] Vault and storage account are in the same region OK
              [Ok] The backup can be restored OK
              [Ok] No other restore of this server is running, and none ran in the last 24 hours OK
              Bad: Azure would refuse it Azure refuses the request
              The reason is on this page, with what to do.
              Nothing was started.
            --- POST 400
            ## Azure refuses the request
              Go over the target and the prefix again. Azure’s own words below say what it does not accept.
              [Bad] The cause DppPluginInvalidInputParameters deepest
                “Invalid inputs from caller.”
              ## What Azure advises
                - “Please retry after some time with correct inputs. Reach out to the Azure Backup support if the issue persists.”
              > What Azure sent
                Activity id: 718247ce-0d26-11ef-b97b-6045bd876689
                <the answer: 545 characters>
              1 warning, 10 are fine. Read from Azure 5 s ago. [Read again]
              [Ok] The vault can write to the container OK
              [Ok] You can check and start restores of this server OK
              [Ok] The container exists, and its files can be changed OK
              [Ok] The storage account allows cross-tenant replication, which Azure Backup needs OK
              [Ok] Public network access to the storage account is on, for all networks OK
              [Ok] Nobody can read the files without a role OK
              [Ok] Vault and storage account are in the same region OK
              [Ok] The backup can be restored OK
              [Ok] No other restore of this server is running, and none ran in the last 24 hours OK
              Bad: Azure would refuse it Azure refuses the request
              The reason is on this page, with what to do.
              Nothing was started.
            --- POST 500
              1 warning, 10 are fine. Read from Azure 5 s ago. [Read again]
              [Ok] The vault can write to the container OK
              [Ok] You can check and start restores of this server OK
              [Ok] The container exists, and its files can be changed OK
              [Ok] The storage account allows cross-tenant replication, which Azure Backup needs OK
              [Ok] Public network access to the storage account is on, for all networks OK
              [Ok] Nobody can read the files without a role OK
              [Ok] Vault and storage account are in the same region OK
              [Ok] The backup can be restored OK
              [Ok] No other restore of this server is running, and none ran in the last 24 hours OK
              Warn: Azure has a problem of its own
                Try again in a few minutes. If it persists, give the ids below to Azure support.
                Azure says: “Microsoft Azure Backup encountered an internal error.” CloudInternalError
                > What Azure sent
                  Activity id: 7232b635-0d26-11ef-825a-6045bd876689
                  <the answer: 573 characters>
            --- POST 400
            ## Azure refuses the request
              Go over the target and the prefix again. Azure’s own words below say what it does not accept.
              [Bad] The cause UserErrorInvalidRestorableTimeRange deepest
                “The given time range is invalid”
              ## What Azure advises
                - “Please ensure that the given time range in the request is valid”
              > What Azure sent
                Activity id: 7dc181ba-0d26-11ef-aff2-6045bd876689
                <the answer: 513 characters>
              1 warning, 10 are fine. Read from Azure 5 s ago. [Read again]
              [Ok] The vault can write to the container OK
              [Ok] You can check and start restores of this server OK
              [Ok] The container exists, and its files can be changed OK
              [Ok] The storage account allows cross-tenant replication, which Azure Backup needs OK
              [Ok] Public network access to the storage account is on, for all networks OK
              [Ok] Nobody can read the files without a role OK
              [Ok] Vault and storage account are in the same region OK
              [Ok] The backup can be restored OK
              [Ok] No other restore of this server is running, and none ran in the last 24 hours OK
              Bad: Azure would refuse it Azure refuses the request
              The reason is on this page, with what to do.
              Nothing was started.
            --- PUT 429
              1 warning, 10 are fine. Read from Azure 5 s ago. [Read again]
              [Ok] The vault can write to the container OK
              [Ok] You can check and start restores of this server OK
              [Ok] The container exists, and its files can be changed OK
              [Ok] The storage account allows cross-tenant replication, which Azure Backup needs OK
              [Ok] Public network access to the storage account is on, for all networks OK
              [Ok] Nobody can read the files without a role OK
              [Ok] Vault and storage account are in the same region OK
              [Ok] The backup can be restored OK
              [Ok] No other restore of this server is running, and none ran in the last 24 hours OK
              Warn: Azure asks us to slow down
                Too many requests were made with this account. Nothing was started; try again in a minute.
                Azure says: “Identity operation for resource '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/clitest-dpp-backupvault-000001/providers/Microsoft.DataProtection/BackupVaults/cli-test-backup-vault' failed with error 'Failed to perform resource identity operation. Status: '429'. Response: '{"error":{"code":"429","message":"Request is temporarily throttled because resource /subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/clitest-dpp-backupvault-000001/providers/Microsoft.DataProtection/BackupVaults/cli-test-backup-vault has issued too many requests. Retry after 20 seconds."}}'.'.” FailedIdentityOperation
                > What Azure sent
                  <the answer: 673 characters>
            --- POST 404
            ## Azure does not find something that the request names
              The address may be wrong, or it was deleted or moved. Another account may see it.
              [Bad] The cause UserErrorGenericResourceNotFound deepest
                “Azure resource does not exist. Please make sure required resources exist. If the issue persists, contact Microsoft support.”
              > What Azure sent
                <the answer: 225 characters>
              1 warning, 10 are fine. Read from Azure 5 s ago. [Read again]
              [Ok] The vault can write to the container OK
              [Ok] You can check and start restores of this server OK
              [Ok] The container exists, and its files can be changed OK
              [Ok] The storage account allows cross-tenant replication, which Azure Backup needs OK
              [Ok] Public network access to the storage account is on, for all networks OK
              [Ok] Nobody can read the files without a role OK
              [Ok] Vault and storage account are in the same region OK
              [Ok] The backup can be restored OK
              [Ok] No other restore of this server is running, and none ran in the last 24 hours OK
              Bad: Azure would refuse it Azure does not find something that the request names
              The reason is on this page, with what to do.
              Nothing was started.
        "#]],
    );
}

/// They are of disks and most of them backups: no restore of a flexible server that failed is recorded. Each is shown as
/// a restore.
#[test]
fn recorded_jobs_that_failed_as_a_person_reads_them() {
    let (mut told, mut bodies) = (String::new(), Vec::new());
    for recorded in json("recordings/failed-jobs.json").iter().flat_map(|all| all.as_array().unwrap()) {
        let mut job = recorded.clone();
        job["properties"]["operationCategory"] = "Restore".into();
        bodies.push(job["properties"]["errorDetails"].clone());
        let id = job["id"].as_str().unwrap().split('/').collect::<Vec<_>>();
        let mut story = Story::closed(&format!("#/job?v=1&job={}/{}/{}/{}", id[2], id[4], id[8], id[10]));
        story.between =
            Box::new(move |_, _| Some(Ok(Response { status: 200, headers: Vec::new(), body: job.to_string() })));
        story.start(person());
        story.wait(5);
        told += &format!("---\n{}", story.text());
    }
    check(
        &told,
        &bodies,
        expect![[r#"
            ---
            step 6 of 5
            # The restore of clitestsabidonotdelete failed
            (Bad) Failedafter 5 min 42 s2023-07-21 08:56:34 UTC (1219 d ago)
            ## What to do
              - Look at the cause below and put it right.
              - Restore again with a new prefix. Files of this attempt may be left: …_*. Nothing overwrites or removes them.
              - If it fails again, give the ids on this page to Azure support.
              [Restore again with a new prefix !] (not now: Azure does not say which point this job restored.)
            ## Azure’s errors, deepest cause first
              Try again in a few minutes. If it persists, give the ids below to Azure support.
              [Bad] The cause InternalServerError deepest
              [Plain] reported as DppPluginInvalidInputParameters on top
                “Internal Server Error”
                “Invalid inputs from caller.”
              ## What Azure advises
                - “Refer https://aka.ms/AzureBackupTroubleshootFailures for more details.”
                - “Please retry after some time with correct inputs. Reach out to the Azure Backup support if the issue persists.”
              > What Azure sent
                <the answer: 1481 characters>
            ## Incident summary
              <the summary: 501 characters>
              > The record as JSON
                <the record: 1290 characters>
            ~
            ## For the record
              What was restored, from when, where to, by which job, and what is not in it. It names who is signed in.
              [Copy the incident summary !]
              [Copy the record as JSON !]
              [Print this page !]
            > Share “Restore job: clitestsabidonotdelete”
            ## Ids
              Job: 7385170d-48d1-4435-bf26-8f047aefd32a
              Activity id: 30c1626a-9770-43bb-a6b9-b552b9ba78fa
              [Open in the portal →]
            ## From and to
              Server: clitestsabidonotdelete
              Vault: clitest-bkp-vault-persistent-bi-donotdelete
              Region: centraluseuap
            ~
            ## What has happened
              [Ok] The job started / 2023-07-21 08:50:51 UTC (1219 d ago) 
              [Bad] The job failed / 2023-07-21 08:56:34 UTC (1219 d ago) 5 min 42 s
            ---
            step 6 of 5
            # The restore of clitest-disk-persistent-bi-donotdelete failed
            (Bad) Failedafter 3 h 48 min2023-07-26 15:48:44 UTC (1214 d ago)
            ## What to do
              - Look at the cause below and put it right.
              - Restore again with a new prefix. Files of this attempt may be left: …_*. Nothing overwrites or removes them.
              - If it fails again, give the ids on this page to Azure support.
              [Restore again with a new prefix !] (not now: Azure does not say which point this job restored.)
            ## Azure’s errors, deepest cause first
              Try again in a few minutes. If it persists, give the ids below to Azure support.
              [Bad] The cause InternalServerError deepest
                “Internal Server Error”
              ## What Azure advises
                - “Refer https://aka.ms/AzureBackupTroubleshootFailures for more details.”
              > What Azure sent
                <the answer: 786 characters>
            ## Incident summary
              <the summary: 517 characters>
              > The record as JSON
                <the record: 1257 characters>
            ~
            ## For the record
              What was restored, from when, where to, by which job, and what is not in it. It names who is signed in.
              [Copy the incident summary !]
              [Copy the record as JSON !]
              [Print this page !]
            > Share “Restore job: clitest-disk-persistent-bi-donotdelete”
            ## Ids
              Job: 75b13c14-d2d1-4d0a-b7b3-cc2d29a2baf9
              Activity id: f26eb3e1-b908-44d8-9ec1-950659d07693
              [Open in the portal →]
            ## From and to
              Server: clitest-disk-persistent-bi-donotdelete
              Vault: clitest-bkp-vault-persistent-bi-donotdelete
              Region: centraluseuap
            ~
            ## What has happened
              [Ok] The job started / 2023-07-26 12:00:03 UTC (1214 d ago) 
              [Bad] The job failed / 2023-07-26 15:48:44 UTC (1214 d ago) 3 h 48 min
            ---
            step 6 of 5
            # The restore of clitestsabidonotdelete failed
            (Bad) Failedafter 5 min 39 s2023-07-26 16:05:45 UTC (1214 d ago)
            ## What to do
              - Look at the cause below and put it right.
              - Restore again with a new prefix. Files of this attempt may be left: …_*. Nothing overwrites or removes them.
              - If it fails again, give the ids on this page to Azure support.
              [Restore again with a new prefix !] (not now: Azure does not say which point this job restored.)
            ## Azure’s errors, deepest cause first
              Try again in a few minutes. If it persists, give the ids below to Azure support.
              [Bad] The cause InternalServerError deepest
              [Plain] reported as DppPluginInvalidInputParameters on top
                “Internal Server Error”
                “Invalid inputs from caller.”
              ## What Azure advises
                - “Refer https://aka.ms/AzureBackupTroubleshootFailures for more details.”
                - “Please retry after some time with correct inputs. Reach out to the Azure Backup support if the issue persists.”
              > What Azure sent
                <the answer: 1481 characters>
            ## Incident summary
              <the summary: 501 characters>
              > The record as JSON
                <the record: 1290 characters>
            ~
            ## For the record
              What was restored, from when, where to, by which job, and what is not in it. It names who is signed in.
              [Copy the incident summary !]
              [Copy the record as JSON !]
              [Print this page !]
            > Share “Restore job: clitestsabidonotdelete”
            ## Ids
              Job: 8b8216da-d822-493e-822a-6f52f7ba33d9
              Activity id: 5537e8c2-275a-43cd-8420-56f583907b2d
              [Open in the portal →]
            ## From and to
              Server: clitestsabidonotdelete
              Vault: clitest-bkp-vault-persistent-bi-donotdelete
              Region: centraluseuap
            ~
            ## What has happened
              [Ok] The job started / 2023-07-26 16:00:06 UTC (1214 d ago) 
              [Bad] The job failed / 2023-07-26 16:05:45 UTC (1214 d ago) 5 min 39 s
            ---
            step 6 of 5
            # The restore of clitestsabidonotdelete failed
            (Bad) Failedafter 33 h 22 min2023-06-28 19:34:19 UTC (1242 d ago)
            ## What to do
              - Look at the cause below and put it right.
              - Restore again with a new prefix. Files of this attempt may be left: …_*. Nothing overwrites or removes them.
              - If it fails again, give the ids on this page to Azure support.
              [Restore again with a new prefix !] (not now: Azure does not say which point this job restored.)
            ## Azure’s errors, deepest cause first
              Azure’s own words below say more. If they do not help, give the ids to Azure support.
              [Bad] The cause MOSJobTimedOutError deepest
                “Job took very long time and got timed out”
              ## What Azure advises
                - “Please retry the operation after some time. If problem persists, please contact Microsoft support.”
              > What Azure sent
                <the answer: 314 characters>
            ## Incident summary
              <the summary: 522 characters>
              > The record as JSON
                <the record: 1230 characters>
            ~
            ## For the record
              What was restored, from when, where to, by which job, and what is not in it. It names who is signed in.
              [Copy the incident summary !]
              [Copy the record as JSON !]
              [Print this page !]
            > Share “Restore job: clitestsabidonotdelete”
            ## Ids
              Job: 188496af-4e6d-4698-a5a4-15a7380377d4
              Activity id: 09294ffd-14d3-11ee-ba10-002b670b472e
              [Open in the portal →]
            ## From and to
              Server: clitestsabidonotdelete
              Vault: clitest-bkp-vault-persistent-bi-donotdelete
              Region: centraluseuap
            ~
            ## What has happened
              [Ok] The job started / 2023-06-27 10:11:53 UTC (1243 d ago) 
              [Bad] The job failed / 2023-06-28 19:34:19 UTC (1242 d ago) 33 h 22 min
        "#]],
    );
}

/// The failed check of Microsoft's documentation.
#[test]
fn the_documented_refusal_as_a_person_reads_it() {
    let name = "examples/docs.OperationStatus.Failed.UserErrorMissingRequiredPermissions.json";
    let Some(body) = json(name) else { return };
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    let before = story.text();
    story.press("Check with Azure");
    let said = body.clone();
    story.between = Box::new(move |_, request| {
        let status = request.url.path().contains("/operationStatus/");
        status.then(|| Ok(Response { status: 200, headers: Vec::new(), body: said.to_string() }))
    });
    story.wait_for("Azure would refuse it");
    check(
        &format!("--- POST 202, then Failed\n{}", added(&story, &before)),
        &[body],
        expect![[r#"
            --- POST 202, then Failed
              1 warning, 10 are fine. Read from Azure 10 s ago. [Read again]
              [Bad] The vault can write to the container Azure refuses
              [Ok] You can check and start restores of this server OK
              [Ok] The container exists, and its files can be changed OK
              [Ok] The storage account allows cross-tenant replication, which Azure Backup needs OK
              [Ok] Public network access to the storage account is on, for all networks OK
              [Ok] Nobody can read the files without a role OK
              [Ok] Vault and storage account are in the same region OK
              [Ok] The backup can be restored OK
              [Ok] No other restore of this server is running, and none ran in the last 24 hours OK
                (Bad) The vault lacks a permission
                The vault’s identity, not your account, writes the files. It needs Storage Blob Data Contributor on the storage account or the container, and may need to read role assignments there. A new role can take up to 30 minutes to work; then check again.
                Who: a8b24f84-f43c-45b3-aa54-e3f6d54d31a6
                Needs: Microsoft.Authorization/roleAssignments/read
                Where: /subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxxx/resourceGroups/pgflextest/providers/Microsoft.DBforPostgreSQL/flexibleServers/pgflextestserver/providers/Microsoft.Authorization
                [Bad] The cause UserErrorMissingRequiredPermissions deepest
                [Plain] reported as UserErrorMissingRequiredPermissions on top
                  “Validate for Protection failed. Exception Message: The client 'a8b24f84-f43c-45b3-aa54-e3f6d54d31a6' with object id 'a8b24f84-f43c-45b3-aa54-e3f6d54d31a6' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/read' over scope '/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxxx/resourceGroups/pgflextest/providers/Microsoft.DBforPostgreSQL/flexibleServers/pgflextestserver/providers/Microsoft.Authorization' or the scope is invalid. If access was recently granted, please refresh your credentials.”
                  “Appropriate permissions to perform the operation is missing.”
                ## What Azure advises
                  - “Grant appropriate permissions to perform this operation as mentioned at https://aka.ms/UserErrorMissingRequiredPermissions and retry the operation.”
                > What Azure sent
                  Activity id: 3e7cacb3-65cd-4b3c-8145-71fe90d57327
                  <the answer: 1917 characters>
              Bad: Azure would refuse it The vault lacks a permission
              The reason is on this page, with what to do.
              Nothing was started.
        "#]],
    );
}
