//! The clouds: a closed table, and the addresses and versions that follow from it.

use super::http::{ArmUrl, Refused};
use super::id::SubscriptionId;

/// An Azure cloud. Hosts as azure-cli-core 2.91.0 (`cloud.py`) names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Cloud {
    /// Azure public.
    #[default]
    Public,
    /// Azure US Government.
    UsGovernment,
    /// Azure China, operated by 21Vianet.
    China,
    /// Bleu, France.
    Bleu,
}

/// What differs between clouds.
struct Row {
    name: &'static str,
    title: &'static str,
    login: &'static str,
    arm: &'static str,
    storage: &'static str,
    postgres: &'static str,
    portal: &'static str,
}

impl Cloud {
    /// Every cloud, in the order in which they are told.
    pub const ALL: [Cloud; 4] = [Cloud::Public, Cloud::UsGovernment, Cloud::China, Cloud::Bleu];

    fn row(self) -> Row {
        match self {
            Cloud::Public => Row {
                name: "public",
                title: "Public Azure",
                login: "login.microsoftonline.com",
                arm: "management.azure.com",
                storage: "core.windows.net",
                postgres: "postgres.database.azure.com",
                portal: "portal.azure.com",
            },
            Cloud::UsGovernment => Row {
                name: "usgovernment",
                title: "Azure US Government",
                login: "login.microsoftonline.us",
                arm: "management.usgovcloudapi.net",
                storage: "core.usgovcloudapi.net",
                postgres: "postgres.database.usgovcloudapi.net",
                portal: "portal.azure.us",
            },
            Cloud::China => Row {
                name: "china",
                title: "Azure China",
                login: "login.chinacloudapi.cn",
                arm: "management.chinacloudapi.cn",
                storage: "core.chinacloudapi.cn",
                postgres: "postgres.database.chinacloudapi.cn",
                portal: "portal.azure.cn",
            },
            Cloud::Bleu => Row {
                name: "bleu",
                title: "Bleu",
                login: "login.sovcloud-identity.fr",
                arm: "management.sovcloud-api.fr",
                storage: "core.sovcloud-api.fr",
                postgres: "",
                portal: "portal.sovcloud-azure.fr",
            },
        }
    }

    /// The word for it in `config.json`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// The host where people sign in.
    pub fn login_host(self) -> &'static str {
        self.row().login
    }

    /// The host of Azure Resource Manager.
    pub fn arm_host(self) -> &'static str {
        self.row().arm
    }

    /// Whether a host is one that this program speaks to in this cloud. China has two login hosts: the one that its
    /// documentation names, and the one that it replaces.
    pub fn has_host(self, host: &str) -> bool {
        let (arm, login) = (self.arm_host(), self.login_host());
        let below = host.strip_suffix(arm).is_some_and(|left| left.is_empty() || left.ends_with('.'));
        below || host == login || (self == Cloud::China && host == "login.partner.microsoftonline.cn")
    }

    /// What follows `<account>.blob.` in the address of a storage account.
    pub fn storage_suffix(self) -> &'static str {
        self.row().storage
    }

    /// What follows `<server>.` in the host of a flexible server; empty where that is not known.
    pub fn postgres_suffix(self) -> &'static str {
        self.row().postgres
    }

    /// The portal's host.
    pub fn portal_host(self) -> &'static str {
        self.row().portal
    }

    /// The one scope that is asked for: to act in Azure Resource Manager as the person signed in.
    pub fn scope(self) -> String {
        format!("https://{}/user_impersonation", self.arm_host())
    }

    /// Admits an address that an answer gave, if it is this cloud's (see [`ArmUrl::admit`]).
    pub fn admit(self, text: &str, within: Option<&SubscriptionId>) -> Result<ArmUrl, Refused> {
        ArmUrl::admit(self.arm_host(), text, within)
    }
}

/// The api-version that Microsoft.DataProtection is spoken to with. Later ones only add to earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum ApiVersion {
    /// The first with flexible servers; knows no `targetResourceArmId` and no `identityDetails`.
    V2021_07_01,
    /// The default: the one with the most recorded traffic.
    #[default]
    V2024_04_01,
    /// The one in which a restore of a flexible server was recorded.
    V2026_03_01,
}

impl ApiVersion {
    /// Every version that can be selected, oldest first.
    pub const ALL: [ApiVersion; 3] = [ApiVersion::V2021_07_01, ApiVersion::V2024_04_01, ApiVersion::V2026_03_01];

    /// As it stands in a query.
    pub fn as_str(self) -> &'static str {
        match self {
            ApiVersion::V2021_07_01 => "2021-07-01",
            ApiVersion::V2024_04_01 => "2024-04-01",
            ApiVersion::V2026_03_01 => "2026-03-01",
        }
    }

    /// Whether a restore request may name the target's resource id and the vault's identity
    /// (`targetResourceArmId`, `identityDetails`: absent from the OpenAPI of 2021-07-01, present in 2024-04-01).
    pub fn names_target_and_identity(self) -> bool {
        self >= ApiVersion::V2024_04_01
    }
}
