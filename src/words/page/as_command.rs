//! The same restore, as a command.

pub const SAME_AS_COMMAND: &str = "The same restore, as a command";
pub const SAME_AS_COMMAND_MORE: &str = "Exactly this request, for a script or a ticket. Each checks first and starts only what Azure accepts. Start it in one place only: here, or there.";
pub const SAME_AS_COMMAND_NOTED: &str = "Activity lists a restore started this way, as it lists every restore of the vaults. This browser does not follow it: it keeps no note of it.";
pub const ODD_NAMES: &str =
    "A name in this request has characters that are not safe to paste into a shell, so there is no command for it.";

pub const AZ: &str = "az";
pub const THE_AZ: &str = "the az commands";
pub const FOLLOWING_AZ: &str = "the az commands that follow it";
pub const FOLLOW_AZ_MORE: &str = "In the same shell it knows the job. In another one it finds the job by the file prefix, which Azure Resource Graph may know only a few minutes later.";

pub const POWERSHELL: &str = "PowerShell";
pub const THE_POWERSHELL: &str = "the PowerShell commands";
pub const FOLLOWING_POWERSHELL: &str = "the PowerShell commands that follow it";

pub const REST: &str = "REST";
pub const THE_REST: &str = "the curl commands";
pub const FOLLOWING_REST: &str = "the curl commands that follow it";

pub const FOLLOW: &str = "Follow it afterwards";
pub const FOLLOW_MORE: &str = "In the same session, where the job is known.";

pub const JSON: &str = "JSON";
pub const REQUEST: &str = "The request, exactly as it is sent.";
pub const REQUEST_MORE: &str = " The check sends the same, wrapped as restoreRequestObject, to validateRestore.";
pub const THE_REQUEST: &str = "the request";

/// What the commands of the Azure CLI need.
pub fn az_needs(cloud: &str) -> String {
    [
        "Needs bash and the Azure CLI, signed in to ",
        cloud,
        " (az login), with its extension dataprotection 1.6.0 or newer (az extension add --name dataprotection). It chooses the api-version itself.",
    ]
    .concat()
}

/// What the cmdlets need.
pub fn powershell_needs(cloud: &str) -> String {
    [
        "Needs PowerShell, signed in to ",
        cloud,
        " (Connect-AzAccount), with the module Az.DataProtection 2.7.0 or newer (Install-Module Az.DataProtection). It chooses the api-version itself.",
    ]
    .concat()
}

/// What curl needs.
pub fn rest_needs(cloud: &str) -> String {
    ["Needs bash, curl 7.76 or newer, and the Azure CLI for a token, signed in to ", cloud, " (az login)."].concat()
}
