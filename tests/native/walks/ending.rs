//! How a walk ends: the troubles are over, all comes to rest, and whatever Azure began is found.

use super::network::Restore;
use super::person::{Thing, things};
use super::promises::{Kept, hold};
use super::seen::Sight;
use super::walk::{Walk, of, person};
use pgflex_restore::app::Event;
use pgflex_restore::azure::cloud::Cloud;
use pgflex_restore::azure::http::{ArmUrl, Method, Request};
use pgflex_restore::flow::restore::Stage;
use pgflex_restore::journal::Outcome;
use pgflex_restore::link::{Link, Place, Prefix, World};
use pgflex_restore::moment::Span;
use serde_json::Value;

const DAY: Span = Span::from_secs(86_400);

/// The longest that the simulated Azure knows a job: 14 days, less a while for the walk's own end.
const KNOWN: Span = Span::from_secs(11 * 86_400);

/// More than the longest restore is asked about on two tabs, and the longest list has pages.
const MOST: u64 = 6000;

const RESTS: &str = "everything comes to rest";

impl Walk {
    /// Ends the walk.
    pub fn end(&mut self) -> Kept {
        self.calm();
        self.comes_to_rest()?;
        for world in [World::Azure, World::Demo] {
            self.everything_is_found(world)?;
        }
        Ok(())
    }

    /// Everything comes to rest by itself, and asks no more often than once a second on its way there.
    fn comes_to_rest(&mut self) -> Kept {
        for at in 0..self.tabs.len() {
            self.tabs[at].acts += 1;
            self.tell(at, Event::OnlineChanged(true))?;
        }
        let (end, mut requests, mut minute) = (self.now + DAY, self.seen.repeated, self.now + Span::from_secs(60));
        let events = self.seen.events;
        while self.step(end)? {
            let more = self.seen.events - events;
            hold(RESTS, more < MOST, || format!("{more} things have happened by themselves"))?;
            if self.now >= minute {
                let asked = self.seen.repeated - requests;
                hold("it asks no more often than it has to", asked <= 90, || format!("{asked} requests in a minute"))?;
                (requests, minute) = (self.seen.repeated, self.now + Span::from_secs(60));
            }
        }
        hold(RESTS, self.next().is_none(), || format!("something happens still, after {} h", DAY.secs() / 3600))?;
        for tab in &self.tabs {
            for restore in &tab.model.restores {
                let rests = match &restore.stage {
                    Stage::Triggering(..) => false,
                    Stage::Checking(_) | Stage::Accepted(_) => {
                        restore.following().is_some_and(|f| f.trouble().is_some())
                    }
                    Stage::Searching { search, .. } => search.over,
                    _ => true,
                };
                hold("a restore ends where a page says what to do", rests, || {
                    format!("{} is {:?}", restore.plan.prefix.as_str(), restore.stage)
                })?;
            }
        }
        Ok(())
    }

    /// A new page finds every restore that Azure began, by the list of restores, and follows it to its end.
    fn everything_is_found(&mut self, world: World) -> Kept {
        let started: Vec<(String, Restore)> = self.take_started(world);
        if started.is_empty() {
            return Ok(());
        }
        self.close();
        let address = Link { world, place: Place::Activity }.print();
        self.open(&address, [None, None], person(0), false)?;
        for (prefix, restore) in started {
            let young = restore.taken.iter().all(|at| self.now.since(*at) < KNOWN);
            let ours = restore.realm == self.tabs[self.front].model.realm();
            if !restore.left || restore.not_kept || restore.forgotten || !ours || !young {
                continue;
            }
            let jobs = self.jobs_of(world, &restore.vault, &prefix);
            self.one_is_found(world, &address, &prefix, &jobs)?;
        }
        Ok(())
    }

    fn one_is_found(&mut self, world: World, list: &str, prefix: &str, jobs: &[String]) -> Kept {
        const FOUND: &str = "every restore that Azure began is found again";
        let tab = self.front;
        self.tabs[tab].acts += 2;
        self.go(tab, list)?;
        let known = Prefix::parse(prefix).and_then(|prefix| self.tabs[tab].model.journal.by_prefix(&prefix).cloned());
        let Some(entry) = known else {
            // What Azure refused for the sign-in is noted no more.
            let noted = || format!("{prefix} is not on the list of restores: {}", self.journal(world));
            return hold(FOUND, jobs.is_empty(), noted);
        };
        hold(
            "“not started” is said of nothing that Azure began",
            entry.outcome != Some(Outcome::Refused) || entry.job.is_some() || jobs.is_empty(),
            || format!("{prefix} has the jobs {jobs:?}"),
        )?;
        let place = entry.place();
        let href = Link { world, place }.print();
        let offered =
            things(&self.tabs[tab].screen).iter().any(|(_, thing)| matches!(thing, Thing::Go(to) if *to == href));
        hold(FOUND, offered, || format!("no link leads to {href}"))?;
        self.go(tab, &href)?;
        let end = self.now + DAY;
        let events = self.seen.events;
        while self.step(end)? {
            let more = self.seen.events - events;
            hold(RESTS, more < MOST, || format!("{more} things have happened by themselves"))?;
        }
        let model = &self.tabs[tab].model;
        let place = model.place();
        let watch = if let Place::Job(id) = &place { model.watch_of(id) } else { None };
        match (place, watch) {
            (Place::Job(id), Some(watch)) => {
                // One that the simulated Azure forgets, as a server's name may have it, was found all the same.
                let forgotten = jobs.is_empty() && watch.is_gone();
                hold(FOUND, forgotten || jobs.contains(&id.name.to_string()), || {
                    format!("{prefix} has the jobs {jobs:?}, not {id:?}")
                })?;
                hold(FOUND, forgotten || watch.is_over(), || {
                    format!("{id:?} is {:?}", watch.job().map(|job| job.status))
                })?;
                self.seen.see(Sight::FoundAgain);
                Ok(())
            }
            (place, _) => {
                self.seen.see(Sight::LookedForInVain);
                hold(FOUND, jobs.is_empty(), || format!("{prefix} has the jobs {jobs:?}; the page is {place:?}"))
            }
        }
    }

    /// The restores of a world that were sent, or at least read by Azure.
    fn take_started(&mut self, world: World) -> Vec<(String, Restore)> {
        let all = std::mem::take(&mut self.heard.restores);
        let (ours, others) = all.into_iter().partition(|((of_world, _), _)| *of_world == of(world));
        self.heard.restores = others;
        let ours: std::collections::BTreeMap<(usize, String), Restore> = ours;
        ours.into_iter().map(|((_, prefix), restore)| (prefix, restore)).collect()
    }

    /// The jobs that Azure has under a prefix, read one by one as anybody might.
    fn jobs_of(&mut self, world: World, vault: &str, prefix: &str) -> Vec<String> {
        let mut read = |path: &str| {
            let url = format!("https://management.azure.com{path}?api-version=2024-04-01");
            let url = ArmUrl::admit(Cloud::Public.arm_host(), &url, None).unwrap();
            let request = Request { method: Method::Get, url, headers: Vec::new(), body: None };
            // Late enough for Azure to list what it took just now.
            let answer = self.azure[of(world)].answer(self.now + Span::from_secs(60), &request);
            serde_json::from_str::<Value>(&answer.outcome.unwrap().body).unwrap()
        };
        let list = read(&format!("{vault}/backupJobs"));
        let ids = list["value"].as_array().unwrap().iter().filter(|job| job["properties"]["operation"] == "Restore");
        let jobs = ids.map(|job| read(job["id"].as_str().unwrap()));
        let ours = jobs.filter(|job| {
            job["properties"]["extendedInfo"]["additionalDetails"]["Restore File Prefix"].as_str() == Some(prefix)
        });
        ours.map(|job| job["name"].as_str().unwrap().to_string()).collect()
    }
}
