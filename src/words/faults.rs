//! What went wrong, in words: what it is, and what to do. Azure's own sentence is shown after these, never instead.

use crate::fault::{Code, Fault, Step};

/// What happened: a heading.
pub fn title(fault: &Fault) -> String {
    let what = match fault.code {
        Code::Offline => "You are offline",
        Code::NotSent => "The request was not sent",
        Code::SignedOut => "Your sign-in has ended",
        Code::NotTaken => "Azure did not accept your sign-in",
        Code::MoreProof => "Azure asks for more proof of who you are",
        Code::ProofNotTaken => "Azure does not accept your sign-in, even with more proof",
        Code::NoToken => "The sign-in service did not answer",
        Code::OtherTenant => "This belongs to another tenant",
        Code::NoAnswer => "Azure did not answer",
        Code::TooLong => "The answer was too long to read",
        Code::Throttled => "Azure asks us to slow down",
        Code::AzureTrouble => "Azure has a problem of its own",
        Code::Forbidden => return format!("You are not allowed to {}", doing(fault.step)),
        Code::VaultLacksRole => "The vault lacks a permission",
        Code::NotFound => match fault.step {
            Step::Job => "Azure no longer knows this job",
            Step::Status => "Azure no longer knows this operation",
            Step::Instance | Step::Points => "Azure does not know this backup",
            Step::Vault | Step::Instances => "Azure does not know this vault",
            Step::Account | Step::Containers | Step::NewContainer => "Azure does not know this storage account",
            Step::Container => "This container does not exist",
            Step::Server => "This server no longer exists",
            _ => "Azure does not find something that the request names",
        },
        Code::NoSubscription => "Your account does not see this subscription",
        Code::ContainerUnreachable => "Azure Backup cannot reach the container",
        Code::FilesExist => "Files with this prefix already exist",
        Code::TooManyOperations => "Azure is already running as many of these operations as it allows",
        Code::NotReady => "The backup is in a state that does not allow a restore",
        Code::BadRequest => "Azure refuses the request",
        Code::BadApiVersion => "Azure does not know this api-version here",
        Code::Malformed => "The answer does not look like one from Azure",
        Code::LedAway => "The answer leads away from Azure",
        Code::Endless => "The list does not end",
        Code::Cut => "The list is not complete",
        Code::OldVersionIdentity => "This api-version cannot name the vault’s identity",
        Code::OldVersionTarget => "This api-version cannot name a container in another subscription",
        Code::Elsewhere => "Another tab is starting this restore",
        Code::RefusedBefore => "Azure refused to start this restore",
        Code::Other => return format!("Azure could not {}", doing(fault.step)),
    };
    what.to_string()
}

/// What to do about it.
pub fn advice(fault: &Fault) -> &'static str {
    match fault.code {
        Code::Offline if fault.step.writes() => "Nothing was sent. Try again once the network is back.",
        Code::Offline => "Nothing was sent. It goes on as soon as the network is back.",
        Code::NotSent => {
            "Its address did not look like one of Azure’s, so nothing left this browser. Please tell this page’s administrator."
        }
        Code::SignedOut => match fault.step {
            Step::Status | Step::Job => {
                "Azure carries on with what it has started. Sign in again to see how far it has got."
            }
            _ => "Sign in again to go on; nothing that you entered is lost.",
        },
        Code::NotTaken => {
            "It may have been ended elsewhere. Nothing was started. Press the button again: the request then goes with a renewed sign-in."
        }
        Code::MoreProof if fault.step.writes() => {
            "A second factor, for instance. Nothing was started, and what you entered is kept. Sign in with it, then check and start again: nothing is sent automatically."
        }
        Code::MoreProof => "A second factor, for instance. Sign in with it, and this page goes on where it was.",
        Code::ProofNotTaken => {
            "Nothing was started, and signing in again will hardly help: this cannot be solved on this page. Ask an administrator of your tenant to look at this sign-in in Microsoft Entra (Sign-in logs) and at the Conditional Access policies for Azure management. Until then, use the Azure portal or the Azure CLI, which asks for the proof itself."
        }
        Code::NoToken => {
            "So nothing was sent to Azure. See whether this network lets the browser reach the sign-in page. A request that only reads is tried again automatically."
        }
        Code::OtherTenant => {
            "Your account is signed in to a tenant that this subscription does not belong to. Sign in with an account of its tenant. If this page lets in only one tenant, ask its administrator."
        }
        Code::NoAnswer => {
            "The network, a proxy or Azure broke the connection. See whether other Azure sites open, then try again."
        }
        Code::TooLong => "Something between this browser and Azure may have changed it. Try again on another network.",
        Code::Throttled if fault.step.writes() => {
            "Too many requests were made with this account. Nothing was started; try again in a minute."
        }
        Code::Throttled => {
            "Too many requests were made with this account. This page asks again automatically after a while."
        }
        Code::AzureTrouble => "Try again in a few minutes. If it persists, give the ids below to Azure support.",
        Code::Forbidden => match fault.step {
            Step::Check | Step::Restore => {
                "Ask the vault’s owner for Backup Operator on the vault, then try again. A new role can take a few minutes to work."
            }
            Step::Status => {
                "Azure still carries on with what it has started. To see how far it has got, you need Backup Reader on the vault."
            }
            Step::Accounts | Step::Account | Step::Containers | Step::Container => {
                "Ask its owner for Reader on the storage account, or type the container’s URL. Another of your accounts may have that role."
            }
            Step::NewContainer => {
                "Ask the storage account’s owner for Storage Account Contributor on it, or for a container."
            }
            Step::Permissions | Step::Roles => {
                "Ask for Reader there. Without it nothing is known beforehand; Azure’s own check will tell."
            }
            Step::Grant => {
                "Assigning roles takes Role Based Access Control Administrator, User Access Administrator or Owner there. Give the command on this page to somebody who has one of them."
            }
            Step::Server => "Ask the server’s owner for Reader on it.",
            _ => {
                "Ask the vault’s owner for Backup Reader on the vault, or Backup Operator to restore. Another account may have it."
            }
        },
        Code::VaultLacksRole => {
            "The vault’s identity, not your account, writes the files. It needs Storage Blob Data Contributor on the storage account or the container, and may need to read role assignments there. A new role can take up to 30 minutes to work; then check again."
        }
        Code::NotFound => match fault.step {
            Step::Job => "Jobs are kept for some weeks. Files that it wrote stay where they are.",
            Step::Status => "What it started may still be running.",
            // Whether another account sees it the page tells itself.
            Step::Vault | Step::Instance | Step::Points => "The address may be wrong, or it was deleted or moved.",
            _ => "The address may be wrong, or it was deleted or moved. Another account may see it.",
        },
        Code::NoSubscription => {
            "Azure does not say why: it belongs to another tenant, your account has no role in it, or it was deleted. That does not mean that its backups are gone."
        }
        Code::ContainerUnreachable => {
            "Make sure that the container exists, that its name is spelled correctly, and that the storage account’s network rules let Azure Backup in. Then check again."
        }
        Code::FilesExist => "Nothing was overwritten. Choose another prefix; its ending is always new.",
        Code::TooManyOperations => {
            "Wait until other backups or restores of this server have ended. Azure recommends one restore a day."
        }
        Code::NotReady => {
            "Undelete a soft-deleted backup in the vault first; wait until a server that is being changed is ready."
        }
        Code::BadRequest => {
            "Go over the target and the prefix again. Azure’s own words below say what it does not accept."
        }
        Code::BadApiVersion => "An administrator of this page can set another one: apiVersion in config.json.",
        Code::Malformed => {
            "A proxy or a sign-in page of your network may have answered instead. Open another Azure site, then try again."
        }
        Code::LedAway => {
            "It names an address outside this cloud, or in another subscription. It was not followed, and your token was not sent there."
        }
        Code::Endless => "What has come so far is shown. Azure kept sending pages beyond any sensible number.",
        Code::Cut => "What has come so far is shown. Azure said that there is more, but not where.",
        Code::OldVersionIdentity => {
            "The vault uses a user-assigned identity for this server, which can be named from api-version 2024-04-01 on. An administrator of this page can set it: apiVersion in config.json."
        }
        Code::OldVersionTarget => {
            "Naming it is possible from api-version 2024-04-01 on. Choose a container in the vault’s subscription, or have an administrator of this page set apiVersion in config.json."
        }
        Code::Elsewhere => {
            "Nothing was sent from here. “Activity” shows it as soon as it has been sent; the other tab may still be waiting for your answer."
        }
        Code::RefusedBefore => {
            "What Azure said is not kept in this browser. Review it again and have it checked: Azure then says what it does not accept."
        }
        Code::Other => "Azure’s own words below say more. If they do not help, give the ids to Azure support.",
    }
}

/// What was being done, after "could not" or "not allowed to".
pub fn doing(step: Step) -> &'static str {
    match step {
        Step::Subscriptions => "list subscriptions",
        Step::Vaults => "list the vaults of this subscription",
        Step::Instances => "list what this vault backs up",
        Step::Instance => "read this backup",
        Step::Vault => "read this vault",
        Step::Policy => "read the backup policy",
        Step::Points => "list the recovery points",
        Step::Check => "check this restore",
        Step::Status => "read the status of this operation",
        Step::FollowCheck => "make this restore",
        Step::Restore => "start restores in this vault",
        Step::FollowRestore => "carry out the restore",
        Step::Job => "read this job",
        Step::Search => "list the jobs of this vault",
        Step::Protected => "list servers through Azure Resource Graph",
        Step::Restores => "list restores through Azure Resource Graph",
        Step::Server => "read this server",
        Step::Accounts => "list the storage accounts of this subscription",
        Step::Account => "read this storage account",
        Step::Containers => "list the containers of this storage account",
        Step::Container => "read this container",
        Step::NewContainer => "create a container in this storage account",
        Step::Permissions => "read what your account may do there",
        Step::Roles => "read the role assignments of this container",
        Step::Grant => "assign roles on this container",
    }
}
