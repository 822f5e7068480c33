//! Where everything is: subscriptions, resource groups, vaults, storage accounts.

use super::world::{Account, Granted, Group, Network, Subscription, Vault};

const fn subscription(id: &'static str, name: &'static str) -> Subscription {
    Subscription { id, name }
}

const PRODUCTION: &str = "6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05";
const PLATFORM: &str = "b81c4e7d-0a52-4d39-8e16-95f3c2a7d640";
const ANALYTICS: &str = "2ae9750c-71b3-4f08-a6d4-c3905be81f27";
const DRILLS: &str = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8";
/// Which the resource graph does not tell of.
pub const LEGACY: &str = "d1947b26-8f0e-4ac3-9275-60be3c8da1f7";
const SANDBOX: &str = "c05e8f1b-3d79-4c26-b8a4-7f92e6d0134c";

/// Every subscription that the operator sees.
pub static SUBSCRIPTIONS: &[Subscription] = &[
    subscription(ANALYTICS, "Contoso Analytics"),
    subscription(DRILLS, "Failure Drills"),
    subscription(LEGACY, "Contoso Legacy"),
    subscription(PLATFORM, "Contoso Platform"),
    subscription(PRODUCTION, "Contoso Production"),
    subscription(SANDBOX, "Contoso Sandbox"),
];

/// A resource group.
pub const fn group(subscription: &'static str, name: &'static str, location: &'static str) -> Group {
    Group { subscription, name, location }
}

/// Every resource group. Names are unique here, though Azure only wants them unique in a subscription.
pub static GROUPS: &[Group] = &[
    group(PRODUCTION, "rg-backup-prod", "westeurope"),
    group(PRODUCTION, "rg-backup-prod-neu", "northeurope"),
    group(PRODUCTION, "rg-orders-prod", "westeurope"),
    group(PRODUCTION, "rg-payments-prod", "westeurope"),
    group(PRODUCTION, "rg-catalog-prod", "westeurope"),
    group(PRODUCTION, "rg-identity-prod", "northeurope"),
    group(PRODUCTION, "rg-ledger-prod", "northeurope"),
    group(PLATFORM, "rg-platform-weu", "westeurope"),
    group(PLATFORM, "rg-platform-gwc", "germanywestcentral"),
    group(PLATFORM, "rg-restore-weu", "westeurope"),
    group(ANALYTICS, "rg-analytics-weu", "westeurope"),
    group(ANALYTICS, "rg-analytics-eus2", "eastus2"),
    group(DRILLS, "rg-demo", "westeurope"),
    group(DRILLS, "rg-demo-inherited", "westeurope"),
    group(LEGACY, "rg-legacy-weu", "westeurope"),
    group(LEGACY, "rg-legacy-neu", "northeurope"),
    group(SANDBOX, "rg-sandbox", "westeurope"),
];

/// A vault as most are.
pub const fn vault(group: &'static str, name: &'static str, principal: &'static str) -> Vault {
    Vault {
        group,
        name,
        principal,
        user_assigned: "",
        redundancy: "GeoRedundant",
        cross_subscription: "Enabled",
        regional_host: false,
        guarded: false,
    }
}

/// Every vault.
pub static VAULTS: &[Vault] = &[
    Vault { regional_host: true, ..vault("rg-backup-prod", "bvault-prod-weu", "e4b70c92-8d15-4a6f-b3c8-17f0a95d2e63") },
    vault("rg-backup-prod-neu", "bvault-prod-neu", "0d96f2c4-71e8-4b35-a02d-c94e5f8137ab"),
    Vault {
        redundancy: "LocallyRedundant",
        cross_subscription: "Disabled",
        ..vault("rg-platform-weu", "bvault-platform-weu", "5b2e8d07-c6f4-4931-8ad5-e0739b4c61f2")
    },
    vault("rg-platform-gwc", "bvault-platform-gwc", "a3d91c58-0e67-4f2b-9c84-72b6f5e01d3a"),
    Vault {
        user_assigned: "id-backup-analytics",
        redundancy: "ZoneRedundant",
        ..vault("rg-analytics-weu", "bvault-analytics-weu", "f8c46b1e-92a5-4d70-b6e3-158d0c7a94f2")
    },
    Vault {
        regional_host: true,
        ..vault("rg-analytics-eus2", "bvault-analytics-eus2", "16e5a9d3-4b80-4cf7-87d2-b95f3c0e6a14")
    },
    vault("rg-demo", "bvault-demo-weu", "7ac02f95-e3d1-4860-a5b9-4d8f16e2c073"),
    vault("rg-demo", "bvault-demo-role-missing", "2f81d6b0-5a94-4e3c-9d07-c8e4b1a5f362"),
    vault("rg-demo", "bvault-demo-empty", "b90e47c3-16fd-4a28-8c51-e7d23f60a9b5"),
    vault("rg-demo", "bvault-demo-check", "c17a5e92-0b84-4d6f-9e33-58f2a7d0c641"),
    vault("rg-demo", "bvault-demo-start", "64f0b3d8-a92e-4c15-8b7a-d1e95c07f328"),
    vault("rg-demo", "bvault-demo-job", "d85c2a17-6e4f-4093-a1c8-3f7b90e64d52"),
    vault("rg-demo", "bvault-demo-answers", "31e9c7f4-d05b-4a82-96e1-b48a2f6d7c09"),
    vault("rg-demo", "bvault-demo-sign-in", "a06d84b2-7f13-4e59-8c2d-e95b1a3f70c6"),
    vault("rg-demo", "bvault-demo-reader", "5d20e8b7-c394-4f61-a87e-02b6f9d1345c"),
    Vault { guarded: true, ..vault("rg-demo", "bvault-demo-guarded", "e81f4a60-37bd-4c92-b5d8-9ca7063e2f14") },
    vault("rg-demo", "bvault-demo-no-identity", ""),
    Vault {
        cross_subscription: "PermanentlyDisabled",
        ..vault("rg-demo", "bvault-demo-forever", "8fd03b71-5c26-4ea9-90b4-d17e2a6c853f")
    },
    vault("rg-legacy-weu", "bvault-legacy-weu", "4c79d1e3-a852-4b06-9f3d-7e60b8c5421a"),
    vault("rg-legacy-weu", "bvault-legacy-locked", "906eb3a5-1d4c-47f8-8a20-d5f3c7b91e68"),
    vault("rg-legacy-neu", "bvault-legacy-neu", "b25c8f07-e9d6-4138-90ab-3fd174e6ca52"),
];

/// A storage account as most are.
const fn account(group: &'static str, name: &'static str, containers: &'static str) -> Account {
    Account {
        group,
        name,
        containers,
        location: "",
        kind: "StorageV2",
        sku: "Standard_LRS",
        zone: "",
        granted: Granted::Whole,
        network: Network::Open,
        cross_tenant: Some(true),
        anonymous: false,
        versioned: false,
    }
}

/// One of the drills, with one container.
const fn drill(name: &'static str) -> Account {
    account("rg-demo", name, "drill")
}

/// Every storage account and its containers.
pub static ACCOUNTS: &[Account] = &[
    account("rg-restore-weu", "stordersrestoreweu", "exports pg-incident-files pg-restore-drills"),
    account("rg-platform-weu", "stgiteabackupweu", "repositories"),
    account("rg-platform-weu", "stloganalyticsweu", "insights-logs-auditevent"),
    account("rg-platform-weu", "stterraformstateweu", "tfstate"),
    account("rg-backup-prod", "stprodrestoreweu", "pg-restore"),
    account("rg-backup-prod-neu", "stprodrestoreneu", "pg-restore"),
    account("rg-analytics-weu", "stwarehouseexports", "exports pg-restore"),
    account("rg-analytics-eus2", "sttelemetryus", "pg-restore"),
    Account {
        granted: Granted::Each,
        ..account(
            "rg-demo",
            "stdemoweu",
            "drill-2026-11 files-exist hidden-headers job-fails no-role not-there restore-refused",
        )
    },
    // One for each thing that there is to know before a restore.
    Account { cross_tenant: Some(false), ..drill("stnocrosstenant") },
    Account { cross_tenant: None, ..drill("streplicationweu") },
    Account { network: Network::Closed, ..drill("stprivateweu") },
    Account { network: Network::Walled, ..drill("stfirewallweu") },
    Account { network: Network::Ruled, ..drill("stfirewallruleweu") },
    Account { network: Network::Untrusting, ..drill("stfirewallnotrustweu") },
    Account { network: Network::Perimeter, ..drill("stperimeterweu") },
    Account { anonymous: true, ..drill("stanonymousweu") },
    account("rg-demo", "stimmutableweu", "held worm"),
    Account { versioned: true, ..drill("stversionsweu") },
    Account { granted: Granted::Nowhere, ..drill("stnograntweu") },
    drill("stnocreateweu"),
    Account { granted: Granted::Conditioned, ..drill("stconditionweu") },
    Account { granted: Granted::Other, ..drill("stotherroleweu") },
    Account { granted: Granted::Above, ..account("rg-demo-inherited", "stinheritedweu", "drill") },
    drill("stunreadableweu"),
    Account { location: "northeurope", kind: "BlockBlobStorage", sku: "Premium_LRS", ..drill("stpremiumneu") },
    Account { kind: "FileStorage", sku: "Premium_LRS", ..account("rg-demo", "stfilesonlyweu", "") },
    Account { zone: "z01", ..drill("stzonedweu") },
];
