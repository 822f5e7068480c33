//! Review: the same restore, as a command for another tool, and as the request alone.

use super::journey::{DRILLS, PRODUCTION, to_review, to_target};
use super::print;
use super::story::{CONFIG, Story, person};
use expect_test::expect;
use pgflex_restore::app::{Field, Session};
use pgflex_restore::azure::http::Method;
use pgflex_restore::screen::{Block, Span};
use serde_json::Value;

/// The tabs: names, with what can be copied from each.
fn tabs(story: &Story) -> Vec<(String, Vec<String>)> {
    let tabs = print::blocks(&story.screen()).into_iter().find_map(|block| match block {
        Block::Tabs(_, tabs) => Some(tabs),
        _ => None,
    });
    let copied = |block| if let Block::Code { text, .. } = block { Some(text) } else { None };
    tabs.unwrap_or_default()
        .into_iter()
        .map(|(name, body)| (name, body.into_iter().filter_map(copied).collect()))
        .collect()
}

fn section(story: &Story) -> String {
    let text = story.text();
    let section = text.split_once("## The same restore, as a command\n").expect("the section is there").1;
    section
        .lines()
        .take_while(|line| *line != "~")
        .map(|line| format!("{}\n", line.strip_prefix("  ").unwrap_or(line)))
        .collect()
}

/// Every answer of the page, with where it is changed.
fn answers(story: &Story) -> Vec<(String, Option<String>)> {
    let facts = print::blocks(&story.screen()).into_iter().flat_map(|block| match block {
        Block::Lined(facts) => facts,
        _ => Vec::new(),
    });
    let leads = |span| if let Span::Link { href, .. } = span { Some(href) } else { None };
    facts.map(|fact| (fact.name, fact.change.and_then(leads))).collect()
}

/// Changes an answer.
fn change(story: &mut Story, name: &str) {
    let (_, href) = answers(story).into_iter().find(|(answer, _)| answer == name).unwrap();
    story.go(&href.unwrap());
}

/// The request in a command: from its first line that is a brace to its last.
fn request_in(text: &str) -> Value {
    let (_, rest) = text.split_once("\n{\n").unwrap();
    let rest = format!("{rest}\n");
    let (members, _) = rest.split_once("\n}\n").unwrap();
    serde_json::from_str(&["{", members, "}"].concat()).unwrap()
}

/// A vault whose instances use an identity that a person has assigned.
fn with_an_identity() -> Story {
    let mut story = Story::signed_in("#/find");
    story.wait_for("bvault-analytics-weu");
    to_review(&mut story, "psql-warehouse", "https://stwarehouseexports.blob.core.windows.net/pg-restore");
    story
}

#[test]
fn the_restore_is_there_as_a_command_for_each_tool() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    expect![[r#"
        Exactly this request, for a script or a ticket. Each checks first and starts only what Azure accepts. Start it in one place only: here, or there.
        Activity lists a restore started this way, as it lists every restore of the vaults. This browser does not follow it: it keeps no note of it.
        | az
          Needs bash and the Azure CLI, signed in to Public Azure (az login), with its extension dataprotection 1.6.0 or newer (az extension add --name dataprotection). It chooses the api-version itself.
          <the az commands: 1554 characters>
          Follow it afterwards / In the same shell it knows the job. In another one it finds the job by the file prefix, which Azure Resource Graph may know only a few minutes later.
          <the az commands that follow it: 480 characters>
        | PowerShell
          Needs PowerShell, signed in to Public Azure (Connect-AzAccount), with the module Az.DataProtection 2.7.0 or newer (Install-Module Az.DataProtection). It chooses the api-version itself.
          <the PowerShell commands: 1453 characters>
          Follow it afterwards / In the same session, where the job is known.
          <the PowerShell commands that follow it: 120 characters>
        | REST
          Needs bash, curl 7.76 or newer, and the Azure CLI for a token, signed in to Public Azure (az login).
          <the curl commands: 2753 characters>
          Follow it afterwards / In the same session, where the job is known.
          <the curl commands that follow it: 157 characters>
        | JSON
          The request, exactly as it is sent. The check sends the same, wrapped as restoreRequestObject, to validateRestore.
          <the request: 1046 characters>
    "#]].assert_eq(&section(&story));
    let all = tabs(&story);
    for (name, copied) in &all {
        assert_eq!(copied.len(), if name == "JSON" { 1 } else { 2 }, "{name}");
    }
    expect![[r#"
        cat > orders-prod-20261109-q3b7zt.json <<'JSON'
        {
          "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
          "restoreTargetInfo": {
            "objectType": "RestoreFilesTargetInfo",
            "recoveryOption": "FailIfExists",
            "restoreLocation": "westeurope",
            "targetDetails": {
              "filePrefix": "orders-prod-20261109-q3b7zt",
              "restoreTargetLocationType": "AzureBlobs",
              "url": "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills",
              "targetResourceArmId": "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-restore-weu/providers/Microsoft.Storage/storageAccounts/stordersrestoreweu/blobServices/default/containers/pg-restore-drills"
            }
          },
          "sourceDataStoreType": "VaultStore",
          "recoveryPointId": "15d0a1b5072718f1e4284c7b80f08086"
        }
        JSON
        az dataprotection backup-instance validate-for-restore \
          --subscription 6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05 \
          --resource-group rg-backup-prod \
          --vault-name bvault-prod-weu \
          --backup-instance-name psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19 \
          --restore-request-object orders-prod-20261109-q3b7zt.json \
          --output none &&
        job=$(az dataprotection backup-instance restore trigger \
          --subscription 6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05 \
          --resource-group rg-backup-prod \
          --vault-name bvault-prod-weu \
          --backup-instance-name psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19 \
          --restore-request-object orders-prod-20261109-q3b7zt.json \
          --query jobId \
          --output tsv) &&
        echo "$job"
        ---
        [ -n "${job-}" ] || job=$(az dataprotection job list-from-resourcegraph \
          --subscriptions 6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05 \
          --vaults bvault-prod-weu \
          --operation Restore \
          --output tsv \
          --query "[?properties.extendedInfo.additionalDetails.\"Restore File Prefix\"=='orders-prod-20261109-q3b7zt'].id | [0]")
        while state=$(az dataprotection job show --ids "$job" --query properties.status --output tsv) &&
          [ "$state" = InProgress ]; do sleep 30; done
        echo "$state""#]].assert_eq(&all[0].1.join("\n---\n"));
    expect![[r#"
        $vault = @{
          SubscriptionId = '6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05'
          ResourceGroupName = 'rg-backup-prod'
          VaultName = 'bvault-prod-weu'
          ErrorAction = 'Stop'
        }
        $job = $null
        $job = & {
          $ErrorActionPreference = 'Stop'
          # With AzureDatabaseForPGFlexServer some releases refuse a prefix. The request is the same.
          $files = @{
            DatasourceType = 'AzureDatabaseForPostgreSQL'
            SourceDataStore = 'VaultStore'
            RestoreType = 'RestoreAsFiles'
            RestoreLocation = 'westeurope'
            RecoveryPoint = '15d0a1b5072718f1e4284c7b80f08086'
            TargetContainerURI = 'https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills'
            FileNamePrefix = 'orders-prod-20261109-q3b7zt'
            TargetResourceIdForRestoreAsFile = '/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-restore-weu/providers/Microsoft.Storage/storageAccounts/stordersrestoreweu/blobServices/default/containers/pg-restore-drills'
          }
          $request = Initialize-AzDataProtectionRestoreRequest @files
          $request.RestoreTargetInfo.TargetDetail.FilePrefix = 'orders-prod-20261109-q3b7zt'
          $null = Test-AzDataProtectionBackupInstanceRestore @vault -Name 'psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19' -RestoreRequest $request
          $started = Start-AzDataProtectionBackupInstanceRestore @vault -BackupInstanceName 'psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19' -Parameter $request
          $started.JobId.Split('/')[-1]
        }
        $job
        ---
        while (($now = Get-AzDataProtectionJob @vault -Id $job).Status -eq 'InProgress') { Start-Sleep -Seconds 30 }
        $now.Status"#]].assert_eq(&all[1].1.join("\n---\n"));
    expect![[r#"
        vault='https://management.azure.com/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bvault-prod-weu'
        request=$(cat <<'JSON'
        {
          "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
          "restoreTargetInfo": {
            "objectType": "RestoreFilesTargetInfo",
            "recoveryOption": "FailIfExists",
            "restoreLocation": "westeurope",
            "targetDetails": {
              "filePrefix": "orders-prod-20261109-q3b7zt",
              "restoreTargetLocationType": "AzureBlobs",
              "url": "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills",
              "targetResourceArmId": "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-restore-weu/providers/Microsoft.Storage/storageAccounts/stordersrestoreweu/blobServices/default/containers/pg-restore-drills"
            }
          },
          "sourceDataStoreType": "VaultStore",
          "recoveryPointId": "15d0a1b5072718f1e4284c7b80f08086"
        }
        JSON
        )
        # Asks Azure. Neither the list of processes nor the history shows the token.
        arm() {
          printf 'header = "Authorization: Bearer %s"\n' \
            "$(az account get-access-token --subscription 6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05 --resource https://management.azure.com/ --query accessToken --output tsv)" |
            curl --config - --silent --show-error --fail-with-body --dump-header - "$@"
        }
        # A header, and a text, of the last answer.
        header() { printf '%s\n' "$answer" | tr -d '\r' | awk -v name="$1:" 'tolower($1) == name { print $2; exit }'; }
        member() { printf '%s\n' "$answer" | grep -o "\"$1\" *: *\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }
        # Whether it has ended: a status says so, or an answer without one that is no 202.
        ended() {
          case $(member status) in
            Succeeded | Failed | Canceled) ;;
            '') [ "$(printf '%s\n' "$answer" | awk '/^HTTP/ { code = $2 } END { print code + 0 }')" != 202 ] ;;
            *) false ;;
          esac
        }
        # Posts once, then asks as often as Azure says.
        post() {
          local url next pause=10
          answer=$(arm --header 'Content-Type: application/json' --data "$2" \
            "$vault/backupInstances/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19/$1?api-version=2024-04-01") || { printf '%s\n' "$answer"; return 1; }
          url=$(header azure-asyncoperation)
          url=${url:-$(header location)}
          until printf '%s\n' "$answer"; ended; do
            [[ $url == https://management.azure.com/* ]] || return
            next=$(header retry-after)
            pause=${next:-$pause}
            sleep "$pause" || return
            answer=$(arm "$url") || { printf '%s\n' "$answer"; return 1; }
          done
          case $(member status) in Failed | Canceled) return 1 ;; esac
        }
        post validateRestore "{\"restoreRequestObject\":$request}" &&
          post restore "$request" &&
          job=$(member jobId) && [ -n "$job" ] && echo "$job"
        ---
        while answer=$(arm "$vault/backupJobs/${job##*/}?api-version=2024-04-01") &&
          [ "$(member status)" = InProgress ]; do sleep 30; done
        printf '%s\n' "$answer""#]].assert_eq(&all[2].1.join("\n---\n"));
}

#[test]
fn what_is_shown_to_be_copied_is_what_start_sends() {
    let mut story = with_an_identity();
    let all = tabs(&story);
    story.check();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    let sent = story.sent.iter().find(|r| r.method == Method::Post && r.url.path().ends_with("/restore")).unwrap();
    let sent: Value = serde_json::from_str(sent.body.as_deref().unwrap()).unwrap();
    assert!(sent["identityDetails"]["userAssignedIdentityArmUrl"].is_string(), "{sent}");
    let [az, _, rest, json] = &all[..] else { panic!("{all:?}") };
    for (name, copied) in [az, rest, json] {
        assert_eq!(request_in(&copied[0]), sent, "{name}");
    }
    let identity = sent["identityDetails"]["userAssignedIdentityArmUrl"].as_str().unwrap();
    assert!(all[1].1[0].contains(&format!("    UserAssignedIdentityArmId = '{identity}'\n")), "{}", all[1].1[0]);
}

#[test]
fn where_a_name_is_not_safe_to_paste_there_is_the_request_alone() {
    let mut story = Story::closed("#/find");
    story.after = Box::new(|_, outcome| {
        let Ok(response) = outcome else { return };
        response.body = response.body.replace("/userAssignedIdentities/", "/userAssignedIdentities/$(reboot)\u{2019}");
    });
    story.start(person());
    story.wait_for("bvault-analytics-weu");
    to_review(&mut story, "psql-warehouse", "https://stwarehouseexports.blob.core.windows.net/pg-restore");
    story.sees("A name in this request has characters that are not safe to paste into a shell");
    let all = tabs(&story);
    assert_eq!(all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["JSON"]);
    assert!(all[0].1[0].contains("$(reboot)"));
}

#[test]
fn what_the_api_version_cannot_say_is_no_command_either() {
    let mut story = Story::closed("#/find");
    story.config = CONFIG.replace('}', r#","apiVersion":"2021-07-01"}"#);
    story.start(person());
    story.wait_for("bvault-prod-weu");
    let elsewhere = "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-restore-weu/providers/Microsoft.Storage/storageAccounts/stordersrestoreweu/blobServices/default/containers/pg-restore-drills";
    to_review(&mut story, "psql-orders-prod", elsewhere);
    expect![[r#"
          This api-version cannot name a container in another subscription
    "#]]
    .assert_eq(&section(&story));
    assert!(tabs(&story).is_empty());
}

#[test]
fn the_commands_follow_an_edit() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    let before = tabs(&story);
    change(&mut story, "File prefix");
    story.type_into(Field::Prefix, "other-files");
    story.press("Review");
    story.wait_for("Check, then start");
    for ((name, after), (_, before)) in tabs(&story).iter().zip(&before) {
        assert!(after[0].contains("other-files-") && !before[0].contains("other-files-"), "{name}");
    }
}

#[test]
fn every_answer_can_be_changed_and_a_region_only_where_it_was_typed() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    let changed =
        |story: &Story| answers(story).into_iter().map(|(name, href)| (name, href.is_some())).collect::<Vec<_>>();
    let named = |region: bool| {
        let all = [("Server", true), ("Vault", false), ("Point", true), ("Container", true), ("File prefix", true)];
        all.into_iter().chain([("Region", region)]).map(|(name, can)| (name.to_string(), can)).collect::<Vec<_>>()
    };
    assert_eq!(changed(&story), named(false));

    // A vault that Azure tells no region of.
    let mut story = Story::closed(PRODUCTION);
    story.after = Box::new(|_, outcome| {
        let Ok(response) = outcome else { return };
        response.body = response.body.replace("\"location\"", "\"-\"");
    });
    story.start(Session::SignedOut);
    to_target(&mut story, "psql-orders-prod", 1);
    story.type_into(Field::Container, DRILLS);
    story.type_into(Field::Region, "westeurope");
    story.press("Review");
    story.wait_for("Check, then start");
    assert_eq!(changed(&story), named(true));
    change(&mut story, "Region");
    story.sees("Region: [westeurope]");
}
