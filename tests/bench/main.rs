//! What the core costs, in time: decoding lists of recovery points, one event, one screen. `make bench` runs it.
//!
//! Each figure is the median of several runs, on the machine that runs it, natively compiled.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a measurement that cannot go on has failed")]

mod many;

use many::{Many, Tab, start};
use pgflex_restore::app::{Event, Field, Model};
use pgflex_restore::azure::call::Arm;
use pgflex_restore::azure::calls;
use pgflex_restore::azure::graph;
use pgflex_restore::azure::http::Response;
use pgflex_restore::azure::id::InstanceId;
use pgflex_restore::flow::Command;
use pgflex_restore::link::{Link, Place};
use pgflex_restore::moment::{Moment, Span};
use pgflex_restore::screen::screen;
use std::hint::black_box;
use std::time::Instant;

const ADDRESS: &str =
    "#/demo/points?v=1&instance=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/psql-orders-prod";

fn main() {
    for count in [1_000, 10_000] {
        let response = points(count);
        let call = calls::points(Arm::default(), &instance(), None, None);
        let bytes = response.body.len();
        report(&format!("decode {count} points ({bytes} bytes)"), || {
            black_box(call.read(&response).unwrap());
        });
        let mut model = opened(count);
        let mut at = 0;
        report(&format!("choose one of {count} points: update and screen"), || {
            let name = model.sources.first().unwrap().points[at % count].name.clone();
            at += 1;
            black_box(model.update(Event::PointChosen(name), now()));
            black_box(screen(&model));
        });
        report(&format!("one screen with {count} points"), || {
            black_box(screen(&model));
        });
        let points = screen(&model).page.points.unwrap();
        report(&format!("the rows of {count} points"), || {
            black_box(points.rows());
        });
    }
    let page = servers(0, 1_000);
    let call = graph::protected(Arm::default(), None, None);
    report(&format!("decode 1000 servers of the resource graph ({} bytes)", page.body.len()), || {
        black_box(call.read(&page).unwrap());
    });
    let mut model = found(5_000);
    let mut words =
        ["", "o", "or", "ord", "ordersx", "psql 04", "north", "north europe", "protected bvault"].iter().cycle();
    report("a keystroke over 5000 servers: update and screen", || {
        let typed = (*words.next().unwrap()).to_string();
        black_box(model.update(Event::Typed(Field::Search, typed), now()));
        black_box(screen(&model));
    });
    report("one screen with 5000 servers", || {
        black_box(screen(&model));
    });
    report("5000 servers in five answers: update and screen of each", || {
        black_box(found(5_000));
    });
    for restores in [1, 50] {
        followed(restores);
    }
    for (restores, servers, vaults) in [(1, 1, 1), (20, 20, 4), (50, 50, 5), (50, 50, 1), (50, 10, 1), (50, 1, 1)] {
        asks(restores, servers, vaults);
    }
}

/// Following so many restores: what each event costs, in the first minute after a load and later, with its screen.
fn followed(restores: usize) {
    let mut tab = Tab::loaded(Many { restores, servers: restores, vaults: 5.min(restores) });
    for (when, seconds) in [("in the first minute", 60), ("in the hour after it", 3600)] {
        let end = tab.now + Span::from_secs(seconds);
        let mut times = Vec::new();
        while let Some(event) = tab.next(end) {
            let now = tab.now;
            let began = Instant::now();
            let commands = tab.model.update(event, now);
            black_box(screen(&tab.model));
            times.push(began.elapsed());
            tab.perform(commands);
        }
        times.sort();
        let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e6;
        println!(
            "{:>10.1} µs  an event with {restores} followed, {when}: update and screen, p99 {:.1} µs, {} events",
            at(50),
            at(99),
            times.len()
        );
    }
}

/// What following so many asks of Azure.
fn asks(restores: usize, servers: usize, vaults: usize) {
    let mut tab = Tab::loaded(Many { restores, servers, vaults });
    let end = tab.now + Span::from_secs(1800);
    while let Some(event) = tab.next(end) {
        let commands = tab.model.update(event, tab.now);
        tab.perform(commands);
    }
    let told = |minute: i64| {
        let (lists, jobs) = tab.in_minute(minute);
        format!("{lists} lists + {jobs} jobs")
    };
    println!(
        "{restores:>10}     followed, of {servers} servers in {vaults} vaults, ask in minute 1: {}, 2: {}, 7: {}, 30: {}; of 250 reads at least {} were left",
        told(1),
        told(2),
        told(7),
        told(30),
        tab.least_left()
    );
}

/// A page of so many servers, as the graph tells them, the next one of a thousand being named by where it begins.
fn servers(from: usize, most: usize) -> Response {
    let rows: Vec<String> = (from..(from + 1_000).min(most))
        .map(|nth| {
            let subscription = format!("{:08x}-5c0e-4b7a-9f63-2d1e8c7b4a05", nth * 7_919 % 40);
            let id = format!("/subscriptions/{subscription}/resourceGroups/rg-backup-{}/providers/Microsoft.DataProtection/backupVaults/bvault-prod-{}/backupInstances/psql-{nth:05}-psql-{nth:05}-3f0b61d4-9c2a-11ef-8a5e-00155d3c7b19", nth % 17, nth % 170);
            format!(
                r#"{{"id":"{id}","source":"/subscriptions/{subscription}/resourceGroups/rg-orders-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-{nth:05}","name":"psql-{nth:05}","region":"northeurope","state":"ProtectionConfigured","operations":["BackupNow","Restore","ChangePolicy","StopBackup","Delete"],"subscription":"Contoso {}","exists":1}}"#,
                nth * 7_919 % 40
            )
        })
        .collect();
    let next = if from + 1_000 < most { format!(r#","$skipToken":"{}""#, from + 1_000) } else { String::new() };
    let body = format!(r#"{{"data":[{}]{next}}}"#, rows.join(","));
    Response { status: 200, headers: Vec::new(), body }
}

/// The page of all servers, with so many of them.
fn found(count: usize) -> Model {
    let mut model = Model::new();
    let mut commands = model.update(Event::Started(Box::new(start("#/demo/find"))), now());
    let mut from = 0;
    while let Some(Command::Send(ticket, _)) = commands.first() {
        commands = model.update(Event::Answered(*ticket, Ok(servers(from, count))), now());
        black_box(screen(&model));
        from += 1_000;
    }
    assert_eq!(model.find.list().unwrap().rows.len(), count);
    model
}

/// Prints the median of 31 runs.
fn report(what: &str, mut run: impl FnMut()) {
    let mut times: Vec<_> = (0..31)
        .map(|_| {
            let began = Instant::now();
            run();
            began.elapsed()
        })
        .collect();
    times.sort();
    println!("{:>10.1} µs  {what}", times[times.len() / 2].as_secs_f64() * 1e6);
}

fn now() -> Moment {
    Moment::parse("2026-11-22T02:12:00Z").unwrap()
}

fn instance() -> InstanceId {
    match Link::parse(ADDRESS).unwrap().place {
        Place::Points(instance, _) => instance,
        other => unreachable!("{other:?}"),
    }
}

/// One page of so many weekly points, as Azure writes them.
fn points(count: usize) -> Response {
    let items: Vec<String> = (0..count)
        .map(|nth| {
            let made = (now() - Span::from_secs(nth as i64 * 7 * 86_400 / 20)).iso_ticks();
            format!(
                r#"{{"properties":{{"objectType":"AzureBackupDiscreteRecoveryPoint","recoveryPointId":"{nth:032x}","recoveryPointTime":"{made}","recoveryPointType":"Full","friendlyName":"{nth:032x}","recoveryPointDataStoresDetails":[{{"id":"9ea7eaf4-eeb8-4c8f-90a7-7f04b60bf075","type":"VaultStore","creationTime":"{made}","expiryTime":null,"metaData":null,"visible":true,"state":"COMMITTED","rehydrationExpiryTime":null,"rehydrationStatus":null}}],"retentionTagName":"Default","retentionTagVersion":"637212748405148394","policyName":"weekly","policyVersion":null,"expiryTime":null,"recoveryPointState":"Completed"}},"id":"{path}/recoveryPoints/{nth:032x}","name":"{nth:032x}","type":"Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints"}}"#,
                path = instance().path()
            )
        })
        .collect();
    Response { status: 200, headers: Vec::new(), body: format!(r#"{{"value":[{}]}}"#, items.join(",")) }
}

/// The page of points, with so many of them.
fn opened(count: usize) -> Model {
    let mut model = Model::new();
    for command in model.update(Event::Started(Box::new(start(ADDRESS))), now()) {
        if let Command::Send(ticket, request) = command
            && request.url.path().ends_with("/recoveryPoints")
        {
            model.update(Event::Answered(ticket, Ok(points(count))), now());
        }
    }
    assert_eq!(model.sources.first().unwrap().points.len(), count);
    model
}
