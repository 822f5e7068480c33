//! Storage accounts and their containers, as the management plane tells them (Microsoft.Storage, 2023-05-01).

use super::id::{AccountId, ContainerId, Found, VaultId, find};
use super::json::At;
use serde_json::Value;

/// A storage account.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its region, such as `westeurope`.
    pub region: String,
    /// `StorageV2`, `BlobStorage`, `BlockBlobStorage`, `FileStorage` …
    pub kind: String,
    /// Its performance and redundancy, such as `Standard_LRS`.
    pub sku: String,
    /// The address of its blobs, as it has it itself; nothing for one that has none.
    pub blob: Option<String>,
    /// Whether objects may be copied to other tenants (`allowCrossTenantReplication`), which a restore needs. Where it
    /// is not said, that depends on the account's age.
    pub cross_tenant: Option<bool>,
    /// Whether its public endpoint is on (`publicNetworkAccess`: not `Disabled`).
    pub public: bool,
    /// Whether a network security perimeter decides who is let in (`publicNetworkAccess`: `SecuredByPerimeter`).
    pub perimeter: bool,
    /// Whether that lets in only whom a rule names (`networkAcls.defaultAction`: `Deny`).
    pub firewall: bool,
    /// Whom the firewall lets in besides, such as `AzureServices`, `Logging` (`networkAcls.bypass`).
    pub bypass: Vec<String>,
    /// The resources that a rule lets in (`networkAcls.resourceAccessRules`): ids, where `*` may stand for a part.
    pub lets_in: Vec<String>,
    /// Whether containers may be opened to everybody (`allowBlobPublicAccess`).
    pub anonymous: bool,
    /// Whether an immutability policy holds for all its containers (`immutableStorageWithVersioning`).
    pub immutable: bool,
}

/// A container.
#[derive(Clone, Debug, PartialEq)]
pub struct Container {
    /// Its id.
    pub id: ContainerId,
    /// Whether anybody may read its blobs (`publicAccess`: not `None`).
    pub anonymous: bool,
    /// Whether an immutability policy holds for its blobs.
    pub immutable: bool,
    /// Whether a legal hold does.
    pub held: bool,
}

/// Reads an account.
pub fn account(value: &Value) -> Option<Account> {
    let said = value.at("properties");
    let public = said.words("publicNetworkAccess");
    let rules = said.items("networkAcls.resourceAccessRules");
    Some(Account {
        id: AccountId::parse(value.text("id")?)?,
        region: value.words("location"),
        kind: value.words("kind"),
        sku: value.words("sku.name"),
        blob: said.text("primaryEndpoints.blob").map(str::to_string),
        cross_tenant: said.at("allowCrossTenantReplication").as_bool(),
        public: !public.eq_ignore_ascii_case("Disabled"),
        perimeter: public.eq_ignore_ascii_case("SecuredByPerimeter"),
        firewall: said.words("networkAcls.defaultAction").eq_ignore_ascii_case("Deny"),
        bypass: bypass(&said.words("networkAcls.bypass")),
        lets_in: rules.iter().filter_map(|rule| rule.text("resourceId")).map(str::to_string).collect(),
        anonymous: said.at("allowBlobPublicAccess").as_bool() == Some(true),
        immutable: said.at("immutableStorageWithVersioning.immutabilityPolicy").is_object(),
    })
}

/// Reads a container.
pub fn container(value: &Value) -> Option<Container> {
    let Found::Container(id) = find(value.text("id")?)? else { return None };
    let said = value.at("properties");
    let flag = |name: &str| said.at(name).as_bool() == Some(true);
    Some(Container {
        id,
        anonymous: said.text("publicAccess").is_some_and(|level| !level.eq_ignore_ascii_case("None")),
        immutable: flag("hasImmutabilityPolicy"),
        held: flag("hasLegalHold"),
    })
}

/// The words of a list with commas; `None` is none.
fn bypass(text: &str) -> Vec<String> {
    let word = |word: &str| {
        !word.is_empty() && !word.eq_ignore_ascii_case("None") && word.bytes().all(|b| b.is_ascii_alphabetic())
    };
    text.split(',').map(str::trim).filter(|one| word(one)).map(str::to_string).collect()
}

impl Account {
    /// Whether its firewall lets trusted services of Azure in.
    pub fn trusts_azure(&self) -> bool {
        self.bypass.iter().any(|word| word.eq_ignore_ascii_case("AzureServices"))
    }

    /// Whether a rule of its firewall lets this vault in: by its id, or with `*` for whatever stands there.
    pub fn lets_in(&self, vault: &VaultId) -> bool {
        let path = vault.plain();
        self.lets_in.iter().any(|rule| {
            let (rule, path): (Vec<_>, Vec<_>) = (rule.split('/').collect(), path.split('/').collect());
            rule.len() == path.len()
                && rule.iter().zip(&path).all(|(rule, part)| *rule == "*" || rule.eq_ignore_ascii_case(part))
        })
    }
}
