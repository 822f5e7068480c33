//! The restore request: one inner body, wrapped for validation and bare for the restore itself.

use super::cloud::ApiVersion;
use super::id::{ContainerId, PointName, SubscriptionId};
use serde::Serialize;

/// What a restore as files needs to say (`AzureBackupRecoveryPointBasedRestoreRequest` with `RestoreFilesTargetInfo`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreRequest {
    /// The point (`recoveryPointId`).
    pub point: PointName,
    /// The container's URL.
    pub container_url: String,
    /// The container's resource id, where it is known.
    pub container: Option<ContainerId>,
    /// What the names of all files begin with.
    pub prefix: String,
    /// The vault's region (`restoreLocation`), not the storage account's.
    pub region: String,
    /// The user-assigned identity that the vault uses for the instance.
    pub identity: Option<String>,
}

/// Why an api-version cannot say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedsNewer {
    /// `identityDetails`: the vault uses a user-assigned identity for this instance.
    Identity,
    /// `targetResourceArmId`: the container is in another subscription than the vault.
    Target,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    object_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity_details: Option<Identity<'a>>,
    restore_target_info: Target<'a>,
    source_data_store_type: &'a str,
    recovery_point_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity<'a> {
    use_system_assigned_identity: bool,
    user_assigned_identity_arm_url: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Target<'a> {
    object_type: &'a str,
    recovery_option: &'a str,
    restore_location: &'a str,
    target_details: Details<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Details<'a> {
    file_prefix: &'a str,
    restore_target_location_type: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_resource_arm_id: Option<String>,
}

impl RestoreRequest {
    /// The body of the restore, as JSON, a member a line: what is sent is what people are shown. Refused where the
    /// api-version has no field for what has to be said; `vault` is the subscription of the vault.
    pub fn bare(&self, api: ApiVersion, vault: &SubscriptionId) -> Result<String, NeedsNewer> {
        Ok(serde_json::to_string_pretty(&self.body(api, vault)?).unwrap_or_default())
    }

    fn body(&self, api: ApiVersion, vault: &SubscriptionId) -> Result<Body<'_>, NeedsNewer> {
        let (mut identity, mut target) = (self.identity.as_deref(), self.container.as_ref());
        if !api.names_target_and_identity() {
            if identity.take().is_some() {
                return Err(NeedsNewer::Identity);
            }
            if target.take().is_some_and(|container| container.subscription != *vault) {
                return Err(NeedsNewer::Target);
            }
        }
        Ok(Body {
            object_type: "AzureBackupRecoveryPointBasedRestoreRequest",
            identity_details: identity
                .map(|id| Identity { use_system_assigned_identity: false, user_assigned_identity_arm_url: id }),
            restore_target_info: Target {
                object_type: "RestoreFilesTargetInfo",
                recovery_option: "FailIfExists",
                restore_location: &self.region,
                target_details: Details {
                    file_prefix: &self.prefix,
                    restore_target_location_type: "AzureBlobs",
                    url: &self.container_url,
                    target_resource_arm_id: target.map(ContainerId::path),
                },
            },
            source_data_store_type: "VaultStore",
            recovery_point_id: self.point.as_str(),
        })
    }

    /// The body of the validation: the same, wrapped as Microsoft's own clients do.
    pub fn wrapped(&self, api: ApiVersion, vault: &SubscriptionId) -> Result<String, NeedsNewer> {
        let bare = self.bare(api, vault)?;
        Ok(format!("{{\"restoreRequestObject\":{bare}}}"))
    }
}
