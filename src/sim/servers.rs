//! The protected servers, but for those that fail by name.

use super::world::{Instance, Kind};

/// An instance that is backed up once a week, kept for a year, and in order.
pub const fn weekly(
    vault: &'static str,
    group: &'static str,
    server: &'static str,
    policy: &'static str,
    (weekday, hour): (i64, i64),
    megabytes: i64,
) -> Instance {
    Instance {
        vault,
        group,
        server,
        kind: Kind::FlexibleServer,
        suffix: "",
        policy,
        weekday,
        hour,
        weeks: 52,
        lag: 0,
        until: 0,
        gaps: false,
        page: 1000,
        state: "ProtectionConfigured",
        megabytes,
        server_exists: true,
    }
}

/// Monday 30 March 2026, in days since 1970: the last backup of the server that was deleted then.
const LAST_OF_2024: i64 = 20_542;

/// Every backup instance whose restore goes well, or fails for a reason of its own.
pub static SERVERS: &[Instance] = &[
    Instance {
        suffix: "3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19",
        gaps: true,
        ..weekly("bvault-prod-weu", "rg-orders-prod", "psql-orders-prod", "weekly-12m", (0, 23), 17_866)
    },
    weekly("bvault-prod-weu", "rg-payments-prod", "psql-payments-prod", "weekly-12m-tue", (1, 1), 8_140),
    weekly("bvault-prod-weu", "rg-catalog-prod", "psql-catalog-prod", "weekly-12m-evening", (0, 22), 91_500),
    Instance {
        until: LAST_OF_2024,
        state: "ProtectionStopped",
        server_exists: false,
        ..weekly("bvault-prod-weu", "rg-orders-prod", "psql-orders-2024", "weekly-12m", (0, 23), 11_020)
    },
    weekly("bvault-prod-neu", "rg-identity-prod", "psql-identity-prod", "weekly-12m-sun", (6, 3), 2_310),
    Instance {
        lag: 4,
        state: "ProtectionError",
        ..weekly("bvault-prod-neu", "rg-ledger-prod", "psql-ledger-prod", "weekly-12m-sun", (6, 3), 44_900)
    },
    weekly("bvault-platform-weu", "rg-platform-weu", "psql-gitea", "weekly-6m", (2, 23), 640),
    weekly("bvault-platform-weu", "rg-platform-weu", "psql-grafana", "weekly-6m", (2, 23), 0),
    Instance {
        lag: 8,
        state: "BackupSchedulesSuspended",
        ..weekly("bvault-platform-weu", "rg-platform-weu", "psql-keycloak", "weekly-6m", (2, 23), 1_120)
    },
    Instance {
        kind: Kind::Disk,
        ..weekly("bvault-platform-weu", "rg-platform-weu", "disk-gitea-data", "disk-daily", (2, 12), 32_768)
    },
    weekly("bvault-platform-gwc", "rg-platform-gwc", "psql-sonarqube", "weekly-12m-tue", (1, 21), 5_300),
    Instance {
        weeks: 0,
        state: "ConfiguringProtection",
        ..weekly("bvault-platform-gwc", "rg-platform-gwc", "psql-temporal", "weekly-12m-tue", (1, 21), 900)
    },
    Instance {
        weeks: 240,
        page: 100,
        ..weekly("bvault-analytics-weu", "rg-analytics-weu", "psql-warehouse", "weekly-5y", (4, 2), 410_000)
    },
    weekly("bvault-analytics-weu", "rg-analytics-weu", "psql-features", "weekly-5y", (4, 2), 26_700),
    Instance {
        weeks: 14,
        lag: 2,
        state: "SoftDeleted",
        ..weekly("bvault-analytics-weu", "rg-analytics-weu", "psql-sandbox-eu", "weekly-5y", (4, 2), 300)
    },
    weekly("bvault-analytics-eus2", "rg-analytics-eus2", "psql-telemetry-us", "weekly-12m", (5, 5), 73_200),
    weekly("bvault-demo-weu", "rg-demo", "psql-orders-demo", "weekly-12m", (0, 23), 17_866),
    weekly("bvault-demo-weu", "rg-demo", "psql-payments-demo", "weekly-12m", (1, 1), 8_140),
    weekly("bvault-demo-weu", "rg-demo", "psql-job-fails", "weekly-12m", (0, 23), 3_000),
    weekly("bvault-demo-weu", "rg-demo", "psql-points-forbidden", "weekly-12m", (0, 23), 3_000),
    weekly("bvault-demo-weu", "rg-demo", "psql-just-protected", "weekly-12m", (1, 1), 1_400),
    weekly("bvault-demo-weu", "rg-demo", "psql-server-forbidden", "weekly-12m", (1, 1), 1_400),
    weekly("bvault-demo-role-missing", "rg-demo", "psql-ledger-demo", "weekly-12m", (6, 3), 44_900),
    weekly("bvault-demo-guarded", "rg-demo", "psql-guarded", "weekly-12m", (1, 1), 2_200),
    weekly("bvault-demo-no-identity", "rg-demo", "psql-no-identity", "weekly-12m", (1, 1), 2_200),
    weekly("bvault-demo-forever", "rg-demo", "psql-forever", "weekly-12m", (1, 1), 2_200),
    weekly("bvault-legacy-weu", "rg-legacy-weu", "psql-legacy-billing", "weekly-12m", (3, 1), 12_500),
    weekly("bvault-legacy-weu", "rg-legacy-weu", "psql-legacy-crm", "weekly-12m", (3, 1), 6_800),
    weekly("bvault-legacy-locked", "rg-legacy-weu", "psql-legacy-payroll", "weekly-12m", (3, 1), 4_100),
    weekly("bvault-legacy-neu", "rg-legacy-neu", "psql-legacy-archive", "weekly-12m", (4, 2), 22_000),
];
