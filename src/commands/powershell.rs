//! A restore by the cmdlets of Az.DataProtection. Those that it may have are told in `tests/native/commands/known.rs`.

use super::{Restore, Script};
use crate::azure::id::ContainerId;

/// Checks and starts a restore.
///
/// The block keeps a refused restore from being started: what is pasted is read statement by statement. The type of
/// single servers is what Microsoft's own test of the cmdlet restores a flexible server with. It decides nothing but
/// what the cmdlet lets through: with the type of flexible servers some of its releases refuse a file prefix, and put in
/// one of their own, and others insist on it.
pub(super) fn restore(this: &Restore<'_>) -> Script {
    let request = this.request;
    let vault = &this.instance.vault;
    let mut start = String::from("$vault = @{\n");
    member(&mut start, "  SubscriptionId", vault.subscription.as_str());
    member(&mut start, "  ResourceGroupName", vault.group.as_str());
    member(&mut start, "  VaultName", vault.name.as_str());
    start.push_str(
        "  ErrorAction = 'Stop'\n}\n\
         $job = $null\n\
         $job = & {\n  \
         $ErrorActionPreference = 'Stop'\n  \
         # With AzureDatabaseForPGFlexServer some releases refuse a prefix. The request is the same.\n  \
         $files = @{\n    \
         DatasourceType = 'AzureDatabaseForPostgreSQL'\n    \
         SourceDataStore = 'VaultStore'\n    \
         RestoreType = 'RestoreAsFiles'\n",
    );
    member(&mut start, "    RestoreLocation", &request.region);
    member(&mut start, "    RecoveryPoint", request.point.as_str());
    member(&mut start, "    TargetContainerURI", &request.container_url);
    member(&mut start, "    FileNamePrefix", &request.prefix);
    // What an older api-version has no field for stays out of the request.
    if this.arm.api.names_target_and_identity() {
        if let Some(target) = request.container.as_ref().map(ContainerId::path) {
            member(&mut start, "    TargetResourceIdForRestoreAsFile", &target);
        }
        if let Some(identity) = &request.identity {
            start.push_str("    UseSystemAssignedIdentity = $false\n");
            member(&mut start, "    UserAssignedIdentityArmId", identity);
        }
    }
    let name = this.instance.name.as_str();
    start.push_str("  }\n  $request = Initialize-AzDataProtectionRestoreRequest @files\n");
    // Whatever prefix a release has put in.
    member(&mut start, "  $request.RestoreTargetInfo.TargetDetail.FilePrefix", &request.prefix);
    for part in [
        "  $null = Test-AzDataProtectionBackupInstanceRestore @vault -Name '",
        name,
        "' -RestoreRequest $request\n  \
         $started = Start-AzDataProtectionBackupInstanceRestore @vault -BackupInstanceName '",
        name,
        "' -Parameter $request\n  \
         $started.JobId.Split('/')[-1]\n\
         }\n\
         $job",
    ] {
        start.push_str(part);
    }
    let follow = "while (($now = Get-AzDataProtectionJob @vault -Id $job).Status -eq 'InProgress') { Start-Sleep -Seconds 30 }\n\
                  $now.Status";
    Script { start, follow: follow.to_string() }
}

/// A member of a table, a line.
#[inline(never)]
fn member(text: &mut String, name: &str, value: &str) {
    for part in [name, " = '", value, "'\n"] {
        text.push_str(part);
    }
}
