//! What Azure Backup says of failed checks, restores and jobs: its codes, and words for them.

use super::errors::Problem;

const fn problem(code: &'static str, message: &'static str, advice: &'static str) -> Problem {
    Problem { code, message, advice }
}

/// Code and words: Microsoft's "Back up Azure Database for PostgreSQL - Flexible servers using REST API".
pub static PERMISSIONS: Problem = problem(
    "UserErrorMissingRequiredPermissions",
    "Appropriate permissions to perform the operation is missing.",
    "Grant appropriate permissions to perform this operation as mentioned at \
     https://aka.ms/UserErrorMissingRequiredPermissions and retry the operation.",
);

/// The code: Microsoft's troubleshooting page for flexible server backup. The words are ours.
pub static MSI: Problem = problem(
    "UserErrorMSIMissingPermissions",
    "The vault's managed identity lacks permissions that the operation needs.",
    "Grant the permissions to the vault's managed identity and retry the operation.",
);

// The code: Microsoft's troubleshooting page for PostgreSQL backup. The words are ours.
const CONTAINER: Problem = problem(
    "UserErrorContainerNotAccessible",
    "The container is not accessible. It does not exist, or access to it was removed.",
    "Ensure that the container exists and that the backup vault has access to it, then retry the operation.",
);
/// The container is not there.
pub static CONTAINER_AT_ONCE: Problem = CONTAINER;

const CALLER: Problem = problem(
    "DppPluginInvalidInputParameters",
    "Invalid inputs from caller.",
    "Please retry after some time with correct inputs. Reach out to the Azure Backup support if the issue persists. ",
);

const SERVER: Problem = problem(
    "PostgreSQLFlexOperationFailedUserError",
    "The operation on the PostgreSQL flexible server failed due to a user error.",
    "Refer https://aka.ms/AzureBackupTroubleshootFailures for more details.",
);
/// The code that Microsoft's troubleshooting page for flexible server backup tells with four inner ones.
pub static OF_SERVER: Problem = SERVER;

/// A job that fails because the container has vanished.
pub static VANISHED: [Problem; 3] = [CALLER, SERVER, CONTAINER];

/// A job that fails because files with its prefix are there. Azure's code for this is in no document; this one is
/// made up.
pub static EXIST: [Problem; 2] = [
    CALLER,
    problem(
        "UserErrorTargetFilesAlreadyExist",
        "Files with the given prefix already exist in the target container.",
        "Use another file prefix or another container and retry the operation.",
    ),
];

/// A job that fails and does not say why.
pub static INTERNAL: [Problem; 3] = [
    CALLER,
    SERVER,
    problem(
        "InternalServerError",
        "Internal Server Error",
        "Refer https://aka.ms/AzureBackupTroubleshootFailures for more details.",
    ),
];

/// The account may not replicate into other tenants, which Microsoft's page on restoring flexible servers wants of it.
/// Azure's code for it is in no document; this one is made up.
pub static CROSS_TENANT: Problem = problem(
    "UserErrorCrossTenantReplicationNotAllowed",
    "Cross-tenant replication is not allowed for the target storage account.",
    "Allow cross-tenant replication for the storage account and retry the operation.",
);

/// The account is not reached over the network. Azure's code for it is in no document; this one is made up.
pub static NETWORK: Problem = problem(
    "UserErrorStorageAccountNetworkAccessDenied",
    "The target storage account denies access from the network of the backup service.",
    "Allow public network access, or access of the backup vault by a resource instance rule, and retry the operation.",
);

/// The vault may not restore into another subscription. Azure's code for it is in no document; this one is made up.
pub static CROSS_SUBSCRIPTION: Problem = problem(
    "UserErrorCrossSubscriptionRestoreNotAllowed",
    "Cross subscription restore is disabled for the backup vault.",
    "Restore into the subscription of the vault, or enable cross subscription restore for the vault.",
);

/// The code: Microsoft's troubleshooting page for flexible server backup. The words are ours.
pub static TOO_MANY: Problem = problem(
    "UserErrorMaxConcurrentOperationLimitReached",
    "The maximum number of concurrent operations on the backup instance has been reached.",
    "Wait for the running operations to end and retry the operation.",
);

/// What a job warns of. No warning is recorded: made up.
pub static ROLES_LEFT_OUT: Problem = problem(
    "UserErrorRolesNotRestored",
    "The roles of the server were not written to the target container.",
    "Create the roles on the target server before the databases are restored.",
);

/// What the backup of a server in `ProtectionError` fails with.
pub static BACKUP_FAILS: [Problem; 2] = [
    SERVER,
    problem(
        "ServerNotReadyForLongTermBackup",
        "The server is not in a state in which it can be backed up.",
        "Ensure that the server is running and retry the operation.",
    ),
];
