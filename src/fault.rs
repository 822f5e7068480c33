//! What went wrong, for code to branch on. Holds no sentence for the person: that is `words`' part.

use crate::azure::challenge::SECOND_FACTOR;
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
    /// Why Entra gave no token, where it told: its number, such as `AADSTS53003`.
    pub entra: Option<String>,
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
    /// Azure did not take the token (401). Another one was asked for: the next request goes with that.
    NotTaken,
    /// Azure wants more proof of who the person is, such as a second factor.
    MoreProof,
    /// Azure does not take the sign-in even with more proof.
    ProofNotTaken,
    /// The sign-in service gave no token; nothing was sent.
    NoToken,
    /// The account signed in to another tenant than the subscription's.
    OtherTenant,
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
    /// The subscription is not there, or not for this account: Azure does not tell which (404, `SubscriptionNotFound`).
    NoSubscription,
    /// The container is not there, or the vault cannot reach it.
    ContainerUnreachable,
    /// Files with this prefix already exist (`FailIfExists`).
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
    /// Azure cut the list short and gives no way to the rest.
    Cut,
    /// The api-version in use has no field for a user-assigned identity.
    OldVersionIdentity,
    /// The api-version in use has no field for a container in another subscription.
    OldVersionTarget,
    /// Another tab of this browser is starting the same restore.
    Elsewhere,
    /// Azure refused it before the page was loaded: its words are not kept.
    RefusedBefore,
    /// Anything else: Azure's own words are all there is.
    Other,
}

impl Code {
    /// Every code.
    pub const ALL: [Code; 31] = [
        Code::Offline,
        Code::NotSent,
        Code::SignedOut,
        Code::NotTaken,
        Code::MoreProof,
        Code::ProofNotTaken,
        Code::NoToken,
        Code::OtherTenant,
        Code::NoAnswer,
        Code::TooLong,
        Code::Throttled,
        Code::AzureTrouble,
        Code::Forbidden,
        Code::VaultLacksRole,
        Code::NotFound,
        Code::NoSubscription,
        Code::ContainerUnreachable,
        Code::FilesExist,
        Code::TooManyOperations,
        Code::NotReady,
        Code::BadRequest,
        Code::BadApiVersion,
        Code::Malformed,
        Code::LedAway,
        Code::Endless,
        Code::Cut,
        Code::OldVersionIdentity,
        Code::OldVersionTarget,
        Code::Elsewhere,
        Code::RefusedBefore,
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
    /// Reading how a check or a restore stands.
    Status,
    /// The check itself.
    FollowCheck,
    /// Starting the restore.
    Restore,
    /// The restore itself.
    FollowRestore,
    /// Reading the job.
    Job,
    /// Looking for the job.
    Search,
    /// Asking the resource graph for the protected servers.
    Protected,
    /// Asking the resource graph for restore jobs.
    Restores,
    /// Reading the server itself.
    Server,
    /// Listing storage accounts, or looking for one by its name.
    Accounts,
    /// Reading the target's storage account.
    Account,
    /// Listing an account's containers.
    Containers,
    /// Reading the target's container.
    Container,
    /// Making a container.
    NewContainer,
    /// Reading what the person may do.
    Permissions,
    /// Reading who has which role on the target.
    Roles,
    /// Assigning a role.
    Grant,
}

impl Step {
    /// Whether it asks Azure to do something. Such a request is never repeated by itself.
    pub fn writes(self) -> bool {
        matches!(self, Step::Check | Step::Restore | Step::NewContainer | Step::Grant)
    }
}

impl Fault {
    /// One that Azure has said nothing of.
    pub fn of(code: Code, step: Step, when: Moment) -> Self {
        Fault { code, step, problem: None, entra: None, when }
    }

    /// No answer, or none that could be read to its end.
    pub fn unreachable(why: &Unreachable, step: Step, when: Moment) -> Self {
        let mut entra = None;
        let code = match why {
            Unreachable::Offline => Code::Offline,
            Unreachable::SignedOut(code) => {
                entra = Some(code.clone()).filter(|code| code.starts_with("AADSTS"));
                Code::SignedOut
            }
            Unreachable::NoToken => Code::NoToken,
            Unreachable::Refused => Code::NotSent,
            Unreachable::NoAnswer => Code::NoAnswer,
            Unreachable::TooLong => Code::TooLong,
        };
        Fault { entra, ..Fault::of(code, step, when) }
    }

    /// Azure said no.
    pub fn said(problem: Box<ArmProblem>, step: Step, when: Moment) -> Self {
        Fault { code: code_of(&problem), step, problem: Some(problem), entra: None, when }
    }

    /// An answer that leads away.
    pub fn led_away(_: Refused, step: Step, when: Moment) -> Self {
        Fault::of(Code::LedAway, step, when)
    }

    /// A request that the api-version cannot say.
    pub fn needs_newer(why: NeedsNewer, step: Step, when: Moment) -> Self {
        let code = match why {
            NeedsNewer::Identity => Code::OldVersionIdentity,
            NeedsNewer::Target => Code::OldVersionTarget,
        };
        Fault::of(code, step, when)
    }

    /// Whether it is about the sign-in and not about what was asked: a request that met it has started nothing.
    pub fn is_of_sign_in(&self) -> bool {
        matches!(self.code, Code::SignedOut | Code::NotTaken | Code::MoreProof | Code::ProofNotTaken | Code::NoToken)
    }

    /// Whether it would meet whatever else was asked now as well.
    pub fn is_general(&self) -> bool {
        self.is_of_sign_in() || matches!(self.code, Code::Offline | Code::Throttled)
    }

    /// What the person is to prove at the sign-in page, as JSON: what Azure asked for, else a second factor.
    pub fn claims(&self) -> &str {
        self.problem.as_ref().and_then(|problem| problem.claims.as_deref()).unwrap_or(SECOND_FACTOR)
    }

    /// Whether another account may see what this one does not.
    pub fn is_of_account(&self) -> bool {
        matches!(self.code, Code::Forbidden | Code::OtherTenant | Code::NoSubscription | Code::NotFound)
    }

    /// Whether Azure may have done all the same what a request that met this asked for: no readable answer came, it took
    /// too long, or a part of Azure failed that may have passed it on.
    pub fn leaves_doubt(&self) -> bool {
        match &self.problem {
            None => matches!(self.code, Code::NoAnswer | Code::TooLong),
            Some(problem) => problem.status == 408 || problem.status >= 500 || (200..300).contains(&problem.status),
        }
    }

    /// Whether a read may simply be tried again after a while.
    pub fn passes(&self) -> bool {
        match self.code {
            Code::Offline | Code::NoToken | Code::NoAnswer | Code::Throttled | Code::TooLong => true,
            Code::AzureTrouble => self.problem.as_ref().is_none_or(|p| p.status >= 500),
            _ => self.problem.as_ref().is_some_and(|p| p.status == 408 || p.status >= 500),
        }
    }
}

/// What each of Azure's codes means here: "Troubleshoot Azure Database for PostgreSQL - Flexible server backup", the
/// codes of Azure Resource Manager ("Troubleshoot common Azure deployment errors"), and recorded traffic.
const CODES: [(&str, Code); 29] = [
    ("UserErrorContainerNotAccessible", Code::ContainerUnreachable),
    ("UserErrorContainerNotFound", Code::ContainerUnreachable),
    ("ContainerNotFound", Code::ContainerUnreachable),
    ("UserErrorTargetContainerNotFound", Code::ContainerUnreachable),
    ("UserErrorFilesAlreadyExist", Code::FilesExist),
    ("UserErrorTargetFileAlreadyExists", Code::FilesExist),
    ("UserErrorTargetFilesAlreadyExist", Code::FilesExist),
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
    ("InvalidAuthenticationTokenTenant", Code::OtherTenant),
    ("InvalidApiVersionParameter", Code::BadApiVersion),
    ("NoRegisteredProviderFound", Code::BadApiVersion),
    ("ResourceGroupNotFound", Code::NotFound),
    ("ResourceNotFound", Code::NotFound),
    ("SubscriptionNotFound", Code::NoSubscription),
    ("UserErrorGenericResourceNotFound", Code::NotFound),
    ("TooManyRequests", Code::Throttled),
    ("CloudInternalError", Code::AzureTrouble),
    ("CloudServiceRetryableError", Code::AzureTrouble),
];

/// Azure's code first, the deepest known one winning; the HTTP status second.
fn code_of(problem: &ArmProblem) -> Code {
    // What Azure answers to a write that lacks a second factor: a challenge, which a browser may not be shown, and
    // `RequestDisallowedByPolicy` or `RequestDisallowedByAzure`.
    let unproven = problem.claims.is_some() || problem.code().starts_with("RequestDisallowedBy");
    if problem.status == 401 && unproven {
        return Code::MoreProof;
    }
    let deepest_first = problem.chain.iter().rev();
    let known = deepest_first.filter_map(|cause| {
        CODES.iter().find(|(code, _)| code.eq_ignore_ascii_case(&cause.code)).map(|(_, code)| *code)
    });
    // A sign-in is refused with a status of its own: inside another answer it is Azure's, not the person's.
    let of_person = (400..500).contains(&problem.status);
    if let Some(code) = known.into_iter().find(|code| of_person || *code != Code::SignedOut) {
        // Azure Backup passes on, as its own failure, what the vault's identity was refused.
        return match code {
            Code::Forbidden if problem.status == 200 => Code::VaultLacksRole,
            _ => code,
        };
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
