//! What went wrong, for code to branch on. Holds no sentence for the person: that is `words`' part.

use crate::azure::http::{Refused, Unreachable};
use crate::azure::problem::ArmProblem;
use crate::azure::restore::NeedsNewer;
use crate::moment::Moment;

/// Something that went wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What kind it is of.
    pub code: Code,
    /// What was being done.
    pub step: Step,
    /// What Azure said, if it said anything.
    pub problem: Option<Box<ArmProblem>>,
    /// When it was noticed.
    pub when: Moment,
}

/// The kinds of fault. Each has words of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The browser is offline; nothing was sent.
    Offline,
    /// The request was not sent: this program found its address wanting.
    NotSent,
    /// There is no valid sign-in.
    SignedOut,
    /// No answer came.
    NoAnswer,
    /// The answer was longer than any that Azure gives.
    TooLong,
    /// Azure asks to slow down (429).
    Throttled,
    /// Azure has trouble of its own (5xx, `CloudInternalError`, retryable).
    AzureTrouble,
    /// The person lacks a permission (403, `AuthorizationFailed`).
    Forbidden,
    /// The vault's identity lacks a permission.
    VaultLacksRole,
    /// The resource is not there (404).
    NotFound,
    /// The container is not there, or the vault cannot reach it.
    ContainerUnreachable,
    /// Files with this prefix are there already (`FailIfExists`).
    FilesExist,
    /// Azure runs as many operations of this kind as it allows.
    TooManyOperations,
    /// The server or its backup is in a state that forbids it.
    NotReady,
    /// Azure refuses what the request says (400).
    BadRequest,
    /// The api-version does not exist there.
    BadApiVersion,
    /// The answer is not of a form that Azure gives.
    Malformed,
    /// The answer leads away from Azure, or out of the subscription.
    LedAway,
    /// The list never ends.
    Endless,
    /// The api-version in use has no field for a user-assigned identity.
    OldVersionIdentity,
    /// The api-version in use has no field for a container in another subscription.
    OldVersionTarget,
    /// Anything else: Azure's own words are all there is.
    Other,
}

impl Code {
    /// Every code.
    pub const ALL: [Code; 22] = [
        Code::Offline,
        Code::NotSent,
        Code::SignedOut,
        Code::NoAnswer,
        Code::TooLong,
        Code::Throttled,
        Code::AzureTrouble,
        Code::Forbidden,
        Code::VaultLacksRole,
        Code::NotFound,
        Code::ContainerUnreachable,
        Code::FilesExist,
        Code::TooManyOperations,
        Code::NotReady,
        Code::BadRequest,
        Code::BadApiVersion,
        Code::Malformed,
        Code::LedAway,
        Code::Endless,
        Code::OldVersionIdentity,
        Code::OldVersionTarget,
        Code::Other,
    ];
}

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Listing subscriptions.
    Subscriptions,
    /// Listing a subscription's vaults.
    Vaults,
    /// Listing a vault's instances, or those of a server.
    Instances,
    /// Reading the instance.
    Instance,
    /// Reading the vault.
    Vault,
    /// Reading the policy.
    Policy,
    /// Listing recovery points.
    Points,
    /// Asking Azure to check.
    Check,
    /// Following the check.
    FollowCheck,
    /// Starting the restore.
    Restore,
    /// Following the restore until it names its job.
    FollowRestore,
    /// Reading the job.
    Job,
    /// Looking for the job.
    Search,
}

impl Fault {
    /// No answer, or none that could be read to its end.
    pub fn unreachable(why: &Unreachable, step: Step, when: Moment) -> Self {
        let code = match why {
            Unreachable::Offline => Code::Offline,
            Unreachable::SignedOut(_) => Code::SignedOut,
            Unreachable::Refused => Code::NotSent,
            Unreachable::NoAnswer => Code::NoAnswer,
            Unreachable::TooLong => Code::TooLong,
        };
        Fault { code, step, problem: None, when }
    }

    /// Azure said no.
    pub fn said(problem: Box<ArmProblem>, step: Step, when: Moment) -> Self {
        Fault { code: code_of(&problem), step, problem: Some(problem), when }
    }

    /// An answer that leads away.
    pub fn led_away(_: Refused, step: Step, when: Moment) -> Self {
        Fault { code: Code::LedAway, step, problem: None, when }
    }

    /// A request that the api-version cannot say.
    pub fn needs_newer(why: NeedsNewer, step: Step, when: Moment) -> Self {
        let code = match why {
            NeedsNewer::Identity => Code::OldVersionIdentity,
            NeedsNewer::Target => Code::OldVersionTarget,
        };
        Fault { code, step, problem: None, when }
    }

    /// Whether a read may simply be tried again after a while.
    pub fn passes(&self) -> bool {
        match self.code {
            Code::Offline | Code::NoAnswer | Code::Throttled | Code::TooLong => true,
            Code::AzureTrouble => self.problem.as_ref().is_none_or(|p| p.status >= 500),
            _ => self.problem.as_ref().is_some_and(|p| p.status == 408 || p.status >= 500),
        }
    }
}

/// What each of Azure's codes means here: "Troubleshoot Azure Database for PostgreSQL - Flexible server backup", the
/// codes of Azure Resource Manager ("Troubleshoot common Azure deployment errors"), and recorded traffic.
const CODES: [(&str, Code); 28] = [
    ("UserErrorContainerNotAccessible", Code::ContainerUnreachable),
    ("UserErrorContainerNotFound", Code::ContainerUnreachable),
    ("ContainerNotFound", Code::ContainerUnreachable),
    ("UserErrorTargetContainerNotFound", Code::ContainerUnreachable),
    ("UserErrorFilesAlreadyExist", Code::FilesExist),
    ("UserErrorTargetFileAlreadyExists", Code::FilesExist),
    ("UserErrorBlobAlreadyExists", Code::FilesExist),
    ("BlobAlreadyExists", Code::FilesExist),
    ("UserErrorMissingRequiredPermissions", Code::VaultLacksRole),
    ("UserErrorMSIMissingPermissions", Code::VaultLacksRole),
    ("UserErrorMaxConcurrentOperationLimitReached", Code::TooManyOperations),
    ("ServerNotReadyForLongTermBackup", Code::NotReady),
    ("UserErrorBackupInstanceInSoftDeletedState", Code::NotReady),
    ("AuthorizationFailed", Code::Forbidden),
    ("LinkedAuthorizationFailed", Code::Forbidden),
    ("AuthenticationFailed", Code::SignedOut),
    ("ExpiredAuthenticationToken", Code::SignedOut),
    ("InvalidAuthenticationToken", Code::SignedOut),
    ("InvalidAuthenticationTokenTenant", Code::Forbidden),
    ("InvalidApiVersionParameter", Code::BadApiVersion),
    ("NoRegisteredProviderFound", Code::BadApiVersion),
    ("ResourceGroupNotFound", Code::NotFound),
    ("ResourceNotFound", Code::NotFound),
    ("SubscriptionNotFound", Code::NotFound),
    ("UserErrorGenericResourceNotFound", Code::NotFound),
    ("TooManyRequests", Code::Throttled),
    ("CloudInternalError", Code::AzureTrouble),
    ("CloudServiceRetryableError", Code::AzureTrouble),
];

/// Azure's code first, the deepest known one winning; the HTTP status second.
fn code_of(problem: &ArmProblem) -> Code {
    let deepest_first = problem.chain.iter().rev();
    let known = deepest_first.filter_map(|cause| {
        CODES.iter().find(|(code, _)| code.eq_ignore_ascii_case(&cause.code)).map(|(_, code)| *code)
    });
    if let Some(code) = known.into_iter().next() {
        // Azure Backup passes on, as its own failure, what the vault's identity was refused.
        let of_the_vault = problem.status == 200 && code == Code::Forbidden;
        return if of_the_vault { Code::VaultLacksRole } else { code };
    }
    match problem.status {
        401 => Code::SignedOut,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        429 => Code::Throttled,
        500.. => Code::AzureTrouble,
        _ if problem.malformed => Code::Malformed,
        400..=499 => Code::BadRequest,
        _ if problem.code().starts_with("Cloud") || problem.has("InternalServerError") => Code::AzureTrouble,
        _ => Code::Other,
    }
}
