//! What walks have come by: a walk that never gets anywhere keeps every promise.

use pgflex_restore::app::Model;
use pgflex_restore::azure::wire::JobStatus;
use pgflex_restore::flow::draft::Pick;
use pgflex_restore::flow::lookup::Known;
use pgflex_restore::flow::making;
use pgflex_restore::flow::restore::Stage;
use std::collections::BTreeMap;

/// What can be come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Azure checks a request.
    Checking,
    /// Azure would accept it.
    Ready,
    /// The result of the check cannot be seen.
    Unseen,
    /// Azure would refuse it.
    Rejected,
    /// Before the request leaves: it is looked whether a restore of the point runs.
    Preparing,
    /// One runs, or nobody can tell: a person decides.
    Doubtful,
    /// The restore request is on its way.
    Triggering,
    /// Azure took it.
    Accepted,
    /// Nobody knows whether Azure took it; its job is looked for.
    SearchingInDoubt,
    /// Azure took it; its job is looked for.
    SearchingHeard,
    /// The search has given up, and a second try is the person's to decide.
    MayStartAgain,
    /// Azure refused the restore request.
    Refused,
    /// The operation failed before there was a job.
    Failed,
    /// The job is known.
    Running,
    /// A job runs.
    JobRuns,
    /// A job is finished.
    JobFinished,
    /// A job failed.
    JobFailed,
    /// A job cannot be read.
    JobUnreadable,
    /// A restore was started.
    FirstPress,
    /// A restore was started a second time, with the same prefix.
    SecondPress,
    /// Several restores of a plan were started together.
    PlanConfirmed,
    /// "Start restore" was pressed twice in one go.
    DoubleClick,
    /// The page fell over after the note was kept and before the request left.
    FellBeforeSending,
    /// The page fell over after the request had left.
    FellAfterSending,
    /// The browser sent one restore request twice.
    Twins,
    /// The browser sent one restore request twice, and heard that the second one was refused.
    TwinRefused,
    /// Azure read a restore request after the browser had given it up.
    ReadLate,
    /// Azure took a restore request, and its answer was lost.
    AnswerLost,
    /// A restore request never arrived.
    NeverArrived,
    /// An answer led away from Azure.
    LedAway,
    /// Two tabs share a storage.
    TwoTabs,
    /// Storage refused the note of a restore that was started.
    NotKept,
    /// A restore that was started was found again by a new page.
    FoundAgain,
    /// A restore that never arrived was looked for in vain by a new page.
    LookedForInVain,
    /// Somebody signed in again.
    SignedInAgain,
    /// Another account that is signed in was put to use.
    Switched,
    /// A page in a frame could be looked at.
    Framed,
    /// A container was asked to be made.
    ContainerMade,
    /// Nobody knows whether it was made: the list is read again.
    MadeInDoubt,
    /// A container was picked, and not typed.
    Picked,
    /// An account was found by its name.
    AccountFound,
    /// An account could not be looked up.
    AccountUnknown,
}

impl Sight {
    pub const ALL: [Sight; 42] = [
        Sight::PlanConfirmed,
        Sight::Checking,
        Sight::Ready,
        Sight::Unseen,
        Sight::Rejected,
        Sight::Preparing,
        Sight::Doubtful,
        Sight::Triggering,
        Sight::Accepted,
        Sight::SearchingInDoubt,
        Sight::SearchingHeard,
        Sight::MayStartAgain,
        Sight::Refused,
        Sight::Failed,
        Sight::Running,
        Sight::JobRuns,
        Sight::JobFinished,
        Sight::JobFailed,
        Sight::JobUnreadable,
        Sight::FirstPress,
        Sight::SecondPress,
        Sight::DoubleClick,
        Sight::FellBeforeSending,
        Sight::FellAfterSending,
        Sight::Twins,
        Sight::TwinRefused,
        Sight::ReadLate,
        Sight::AnswerLost,
        Sight::NeverArrived,
        Sight::LedAway,
        Sight::TwoTabs,
        Sight::NotKept,
        Sight::FoundAgain,
        Sight::LookedForInVain,
        Sight::SignedInAgain,
        Sight::Switched,
        Sight::Framed,
        Sight::ContainerMade,
        Sight::MadeInDoubt,
        Sight::Picked,
        Sight::AccountFound,
        Sight::AccountUnknown,
    ];
}

/// What was come by, each sight once a walk.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    counts: BTreeMap<Sight, u64>,
    /// How many events there were.
    pub events: u64,
    /// How many requests.
    pub requests: u64,
    /// How many of them may be repeated: all but those for pages of points.
    pub repeated: u64,
    /// The most waits of one tab at a time.
    pub most_waits: usize,
}

impl Seen {
    pub fn see(&mut self, sight: Sight) {
        self.counts.insert(sight, 1);
    }

    pub fn count(&self, sight: Sight) -> u64 {
        self.counts.get(&sight).copied().unwrap_or_default()
    }

    pub fn add(&mut self, other: &Seen) {
        other.counts.iter().for_each(|(sight, more)| *self.counts.entry(*sight).or_default() += more);
        self.events += other.events;
        self.requests += other.requests;
        self.most_waits = self.most_waits.max(other.most_waits);
    }

    /// Sees what the application is in the middle of.
    pub fn look(&mut self, model: &Model) {
        if model.places.making.as_ref().is_some_and(|making| matches!(making.stage, making::Stage::Looking(_))) {
            self.see(Sight::MadeInDoubt);
        }
        for draft in &model.drafts {
            if draft.picks && matches!(draft.picked, Pick::Container(_)) {
                self.see(Sight::Picked);
            }
            let name = draft.target(model.cloud()).ok().filter(|_| !draft.picks).and_then(|target| target.account);
            match name.and_then(|name| model.places.lookup(&name)?.known()) {
                Some(Known::Found(..)) => self.see(Sight::AccountFound),
                Some(Known::Unknown(_)) => self.see(Sight::AccountUnknown),
                _ => {}
            }
        }
        for restore in &model.restores {
            match &restore.stage {
                Stage::Reviewing => {}
                Stage::Checking(_) => self.see(Sight::Checking),
                Stage::Ready => self.see(Sight::Ready),
                Stage::Unseen => self.see(Sight::Unseen),
                Stage::Rejected(_) => self.see(Sight::Rejected),
                Stage::Preparing(_) | Stage::Cleared => self.see(Sight::Preparing),
                Stage::Doubtful(_) => self.see(Sight::Doubtful),
                Stage::Triggering(..) => self.see(Sight::Triggering),
                Stage::Accepted(_) => self.see(Sight::Accepted),
                Stage::Running(_) => self.see(Sight::Running),
                Stage::Refused(_) => self.see(Sight::Refused),
                Stage::Failed(_) => self.see(Sight::Failed),
                Stage::Searching { heard: true, .. } => self.see(Sight::SearchingHeard),
                Stage::Searching { heard: false, .. } => self.see(Sight::SearchingInDoubt),
            }
            if restore.may_start_again() {
                self.see(Sight::MayStartAgain);
            }
        }
        for watch in &model.watches {
            match watch.job().map(|job| job.status) {
                None => {}
                Some(JobStatus::Running) => self.see(Sight::JobRuns),
                Some(JobStatus::Completed | JobStatus::CompletedWithWarnings) => self.see(Sight::JobFinished),
                Some(JobStatus::Failed | JobStatus::Cancelled) => self.see(Sight::JobFailed),
            }
            if watch.fault.is_some() {
                self.see(Sight::JobUnreadable);
            }
        }
    }
}
