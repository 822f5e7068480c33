//! What went wrong, in words: what it is, and what to do. Azure's own sentence is shown after these, never instead.

use crate::fault::{Code, Fault, Step};

/// What happened: a heading.
pub fn title(fault: &Fault) -> String {
    let what = match fault.code {
        Code::Offline => "You are offline",
        Code::NotSent => "The request was not sent",
        Code::SignedOut => "Your sign-in has ended",
        Code::NotTaken => "Azure did not take your sign-in",
        Code::MoreProof => "Azure asks for more proof of who you are",
        Code::ProofNotTaken => "Azure does not take your sign-in, even with more proof",
        Code::NoToken => "The sign-in service did not answer",
        Code::OtherTenant => "This belongs to another tenant",
        Code::NoAnswer => "Azure did not answer",
        Code::TooLong => "The answer was too long to read",
        Code::Throttled => "Azure asks us to slow down",
        Code::AzureTrouble => "Azure has a problem of its own",
        Code::Forbidden => return format!("You may not {}", doing(fault.step)),
        Code::VaultLacksRole => "The vault lacks a permission",
        Code::NotFound => match fault.step {
            Step::Job => "Azure no longer knows this job",
            Step::Status => "Azure no longer knows this operation",
            Step::Instance | Step::Points => "Azure does not know this backup",
            Step::Vault | Step::Instances => "Azure does not know this vault",
            Step::Account | Step::Containers | Step::NewContainer => "Azure does not know this storage account",
            Step::Container => "This container is not there",
            Step::Server => "This server is not there any more",
            _ => "Azure does not find something that the request names",
        },
        Code::NoSubscription => "Your account does not see this subscription",
        Code::ContainerUnreachable => "Azure Backup cannot reach the container",
        Code::FilesExist => "Files with this prefix are there already",
        Code::TooManyOperations => "Azure is doing as much of this as it allows at once",
        Code::NotReady => "The backup is in a state that does not allow a restore",
        Code::BadRequest => "Azure refuses the request",
        Code::BadApiVersion => "Azure does not know this api-version here",
        Code::Malformed => "The answer is not one that Azure gives",
        Code::LedAway => "The answer leads away from Azure",
        Code::Endless => "The list does not end",
        Code::Cut => "The list is not whole",
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
        Code::Offline if fault.step.writes() => "Nothing was sent. Press again once the network is back.",
        Code::Offline => "Nothing was sent. It goes on as soon as the network is back.",
        Code::NotSent => {
            "Its address did not look like one of Azure’s, so nothing left this browser. Please tell whoever runs this page."
        }
        Code::SignedOut => match fault.step {
            Step::Status | Step::Job => "Azure carries on with what it has begun. Sign in again to see how far it is.",
            _ => "Sign in again to go on; nothing that you entered is lost.",
        },
        Code::NotTaken => {
            "It may have been ended elsewhere. Nothing was started. Press the button again: the request then goes with a renewed sign-in."
        }
        Code::MoreProof if fault.step.writes() => {
            "For instance a second factor. Nothing was started, and what you entered stays. Sign in with it, then check and start again: nothing is sent by itself."
        }
        Code::MoreProof => "For instance a second factor. Sign in with it, and this page goes on where it was.",
        Code::ProofNotTaken => {
            "Nothing was started, and signing in again will hardly help: this cannot be solved on this page. Ask an administrator of your tenant to look at this sign-in in Microsoft Entra (Sign-in logs) and at the Conditional Access policies for Azure management. Until then, use the Azure portal or the Azure CLI, which asks for the proof itself."
        }
        Code::NoToken => {
            "So nothing was sent to Azure. Look whether this network lets the browser reach the sign-in page. A request that only reads is tried again by itself."
        }
        Code::OtherTenant => {
            "Your account is signed in to a tenant that this subscription is not of. Sign in with an account of its tenant. If this page lets in one tenant alone, ask whoever runs it."
        }
        Code::NoAnswer => {
            "The network, a proxy or Azure broke off. Look whether other sites of Azure open, then try again."
        }
        Code::TooLong => "Something between this browser and Azure may have changed it. Try again on another network.",
        Code::Throttled if fault.step.writes() => {
            "Too many requests were made with this account. Nothing was started; press again in a minute."
        }
        Code::Throttled => "Too many requests were made with this account. It is asked again by itself after a while.",
        Code::AzureTrouble => "Try again in some minutes. If it stays, give the ids below to Azure support.",
        Code::Forbidden => match fault.step {
            Step::Check | Step::Restore => {
                "Ask the vault’s owner for Backup Operator on the vault, then try again. New roles can take some minutes to work."
            }
            Step::Status => {
                "Azure carries on with what it has begun all the same. Backup Reader on the vault is the role that shows how far it is."
            }
            Step::Accounts | Step::Account | Step::Containers | Step::Container => {
                "Ask whoever owns it for Reader on the storage account, or type the container’s URL. Another account may have it."
            }
            Step::NewContainer => {
                "Ask whoever owns the storage account for Storage Account Contributor on it, or for a container."
            }
            Step::Permissions | Step::Roles => {
                "Ask for Reader there. Without it nothing can be told beforehand: Azure’s own check will."
            }
            Step::Grant => {
                "Assigning roles takes Role Based Access Control Administrator, User Access Administrator or Owner there. Give whoever has it the command beside this."
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
            Step::Status => "What it has begun may go on all the same.",
            // Whether another account sees it the page tells itself.
            Step::Vault | Step::Instance | Step::Points => {
                "Look whether the address is right and whether it was deleted or moved."
            }
            _ => "Look whether the address is right and whether it was deleted or moved. Another account may see it.",
        },
        Code::NoSubscription => {
            "Azure does not tell why: it is of another tenant, your account has no role in it, or it was deleted. What was backed up there is not gone for that."
        }
        Code::ContainerUnreachable => {
            "Look whether the container exists, whether its name is spelled right, and whether the storage account lets Azure Backup in through its network rules. Then check again."
        }
        Code::FilesExist => "Nothing was overwritten. Choose another prefix; its ending is always new.",
        Code::TooManyOperations => {
            "Wait until other backups or restores of this server have ended. Azure recommends one restore a day."
        }
        Code::NotReady => {
            "A soft-deleted backup has to be undeleted in the vault first; a server that is being changed has to be ready."
        }
        Code::BadRequest => {
            "Go through the target and the prefix once more. Azure’s own words below say what it does not take."
        }
        Code::BadApiVersion => "An administrator of this page can set another one: apiVersion in config.json.",
        Code::Malformed => {
            "A proxy or a sign-in page of your network may have answered in its place. Open another site of Azure, then try again."
        }
        Code::LedAway => {
            "It names an address that is not of this cloud, or of another subscription. It was not followed, and your token was not sent there."
        }
        Code::Endless => "What has come so far is shown. Azure kept sending pages beyond any sensible number.",
        Code::Cut => "What has come so far is shown. Azure told that there is more, and gave no way to it.",
        Code::OldVersionIdentity => {
            "The vault uses a user-assigned identity for this server, which can be named from api-version 2024-04-01 on. An administrator of this page can set it: apiVersion in config.json."
        }
        Code::OldVersionTarget => {
            "Naming it is possible from api-version 2024-04-01 on. Choose a container in the vault’s subscription, or have an administrator of this page set apiVersion in config.json."
        }
        Code::Elsewhere => {
            "Nothing was sent from here. “Activity” shows it as soon as it has left; it may also still wait for an answer there."
        }
        Code::RefusedBefore => {
            "What Azure said is not kept in this browser. Review it again and have it checked: Azure then says what it does not take."
        }
        Code::Other => "Azure’s own words below say more. If they do not help, give the ids to Azure support.",
    }
}

/// What was being done, after "could not" or "may not".
pub fn doing(step: Step) -> &'static str {
    match step {
        Step::Subscriptions => "list subscriptions",
        Step::Vaults => "list the vaults of this subscription",
        Step::Instances => "list what this vault backs up",
        Step::Instance => "read this backup",
        Step::Vault => "read this vault",
        Step::Policy => "read the backup policy",
        Step::Points => "list the recovery points",
        Step::Check => "ask for a check",
        Step::Status => "read how this operation stands",
        Step::FollowCheck => "let this restore through",
        Step::Restore => "start restores in this vault",
        Step::FollowRestore => "carry out the restore",
        Step::Job => "read this job",
        Step::Search => "list the jobs of this vault",
        Step::Protected => "ask the resource graph for servers",
        Step::Restores => "ask the resource graph for restores",
        Step::Server => "read this server",
        Step::Accounts => "list the storage accounts of this subscription",
        Step::Account => "read this storage account",
        Step::Containers => "list the containers of this storage account",
        Step::Container => "read this container",
        Step::NewContainer => "make a container in this storage account",
        Step::Permissions => "read what your account may do there",
        Step::Roles => "read the role assignments of this container",
        Step::Grant => "assign roles on this container",
    }
}
