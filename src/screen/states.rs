//! The demo's list of every state that a page can be in, each a link; and the pages that are shown as examples.

use super::make::{Put, Write};
use super::{Icon, Page, Text, Tone, plain};
use crate::app::Model;
use crate::link::{Link, Place, Specimen, World};
use crate::words::page;

/// How most of the demo's addresses begin: the subscription and the group of the drills.
const DRILLS: &str = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/";

/// Where a state is to be seen.
enum At {
    /// A server of the drills: its vault, its name, the rest of its backup's name.
    Server(&'static str, &'static str, &'static str),
    /// The rest of an address, where `~` stands for the drills.
    Address(&'static str),
    /// An example.
    Example(Specimen),
}

use At::{Address, Example, Server};

/// Every state, in groups as `words` names them.
const STATES: [&[At]; 6] = [
    &[
        Address("find?v=1&vault=~bvault-demo-empty"),
        Address("find?v=1&vault=~bvault-demo-huge"),
        Address("find?v=1&subscription=d1947b26-8f0e-4ac3-9275-60be3c8da1f7"),
        Example(Specimen::NoSubscription),
    ],
    &[
        Server("weu", "psql-points-forbidden", "0c44c0fb-80cb-4039-abf9-fee40fd7152a"),
        Address(
            "points?v=1&instance=b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/rg-platform-gwc/bvault-platform-gwc/psql-temporal-psql-temporal-b02c562d-3b7d-45f9-a771-fc8cdac0df89",
        ),
        Address(
            "points?v=1&instance=~bvault-demo-weu/psql-orders-demo-psql-orders-demo-7d9b04be-096c-4a3e-a1fb-ea6215e805c9&point=00000000000000000000000000000000@2024-02-05T23:03:00Z",
        ),
        Address(
            "points?v=1&instance=2ae9750c-71b3-4f08-a6d4-c3905be81f27/rg-analytics-weu/bvault-analytics-weu/psql-sandbox-eu-psql-sandbox-eu-48bed429-9a13-4cb9-a5d7-e2753bbf6e59",
        ),
        Address(
            "points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-2024-psql-orders-2024-31947eed-d2f0-4a5a-aef9-788e87be3b65",
        ),
        Address(
            "points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod-neu/bvault-prod-neu/psql-ledger-prod-psql-ledger-prod-b4c70e77-10af-4a50-a400-c993d16d7d20",
        ),
        Address(
            "points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod-psql-orders-prod-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19",
        ),
        Address(
            "points?v=1&instance=b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/rg-platform-weu/bvault-platform-weu/disk-gitea-data-disk-gitea-data-73f6d0af-3bad-4a87-a5c1-a16f53f3ac79",
        ),
    ],
    &[
        Server("answers", "psql-throttled", "64b18391-8be9-4054-a64d-9391e61cd8ee"),
        Server("answers", "psql-no-network", "4fd11e66-3183-4f28-a926-df478def3521"),
        Server("answers", "psql-azure-503", "d434efb7-0fb8-442a-afda-ac53c2e362d9"),
        Server("sign-in", "psql-401-expired", "7a4d109e-f53a-4004-aa9a-e6f02f77f09f"),
        Example(Specimen::Offline),
        Address("points?v=1&instance=nothing"),
        Address("find?v=2"),
    ],
    &[
        Server("role-missing", "psql-ledger-demo", "b20b9ad2-6497-48f9-a087-254785cda85d"),
        Server("no-identity", "psql-no-identity", "cdffd092-be0d-433a-a3c8-010702de3b24"),
        Server("check", "psql-check-no-container", "73c07ed6-9662-486d-adef-2baa8bde14e1"),
        Server("reader", "psql-read-only", "59e20262-1130-4679-a46f-7b4134b96211"),
        Server("start", "psql-restore-running", "8014ec73-af32-4270-a6e6-29ee74284ad0"),
        Server("sign-in", "psql-claims-readable", "77994439-f49c-4058-a6d4-fd5b393ff211"),
        Server("start", "psql-cut-after", "123d647f-a2a7-4afd-aa80-de027448437b"),
        Server("start", "psql-list-lags-long", "e9573095-fa39-4b23-a9fa-49c32dff70ab"),
        Server("start", "psql-taken-twice", "5f42b90a-8e83-411b-ac57-289cc1c52837"),
        Server("start", "psql-restore-refused", "62fe6280-6f52-4827-a888-5a3d8396949d"),
    ],
    &[
        Address(
            "job?v=1&job=2ae9750c-71b3-4f08-a6d4-c3905be81f27/rg-analytics-weu/bvault-analytics-weu/f4f2f79c-c674-4974-ac32-e92e96c71fa1",
        ),
        Address("job?v=1&job=~bvault-demo-weu/89ddcdc2-f7b2-446a-ae5e-7e8cbc0fee56"),
        Address("job?v=1&job=~bvault-demo-job/8572e9b5-0575-4bf6-a294-b0e3d3f2b9ef"),
        Address("job?v=1&job=~bvault-demo-job/916da645-ac05-4e0a-ac62-cbf7cf5e5545"),
        Address("job?v=1&job=~bvault-demo-job/00000000-0000-4000-a000-000000000000"),
        Example(Specimen::SignedOut),
    ],
    &[
        Example(Specimen::NotSetUp),
        Example(Specimen::NotSignedIn),
        Example(Specimen::Framed),
        Example(Specimen::NotEncrypted),
        Example(Specimen::NotKept),
        Example(Specimen::Protected),
        Example(Specimen::Bare),
    ],
];

impl At {
    fn address(&self) -> String {
        match self {
            Server(vault, server, rest) => {
                format!("#/demo/points?v=1&instance={DRILLS}bvault-demo-{vault}/{server}-{server}-{rest}")
            }
            Address(rest) => ["#/demo/", &rest.replace('~', DRILLS)].concat(),
            Example(specimen) => Link { world: World::Demo, place: Place::State(*specimen) }.print(),
        }
    }
}

/// The list.
pub(super) fn states() -> Page {
    let mut page = Page::new("states".into(), None, page::STATES);
    page.lead = plain(page::STATES_MORE);
    for (nth, (group, (title, rows))) in STATES.iter().zip(page::STATE_GROUPS).enumerate() {
        let mut lines = Vec::new();
        for (at, (name, how)) in group.iter().zip(rows) {
            let mut line = Text::new();
            line.link(name, at.address());
            if !how.is_empty() {
                line.say(" ").quiet(how);
            }
            lines.push(line);
        }
        let mut body = Vec::new();
        body.bullets(lines);
        page.main.section(&["states-", &nth.to_string()].concat(), title, body);
    }
    page
}

/// An example of a state.
pub(super) fn example(example: &Model) -> Page {
    let mut page = super::page(example);
    let mut line = plain(page::EXAMPLE_MORE);
    line.link(page::STATES, Link { world: World::Demo, place: Place::States }.print());
    let mut body = Vec::new();
    body.para(line);
    let mut main = Vec::new();
    main.note(Tone::Plain, Some(Icon::Flask), page::EXAMPLE, body);
    main.append(&mut page.main);
    page.main = main;
    page.key = ["example/", &page.key].concat();
    page
}
