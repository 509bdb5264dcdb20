//! A vault: codes for values never seen, codes for values seen before by this process and by another, what a document's record
//! costs, and rotation; in a file, and on a server of this machine where there is one.

#![allow(clippy::disallowed_methods, reason = "a bench makes files")]
#![allow(clippy::unwrap_used, reason = "a bench stops at the first error")]
#![allow(missing_docs, reason = "criterion's macros make undocumented functions")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use subrosa_core::entity::Entity;
use subrosa_core::restore::Removed;
use subrosa_core::span::Span;
use subrosa_core::store::{Ask, CodeForm};
use subrosa_vault::{Costs, Location, Lock, OWNER, Opener, Passphrase, Vault};

#[cfg(all(feature = "postgres", unix))]
#[path = "../tests/support/postgres.rs"]
#[allow(clippy::print_stderr, reason = "it says when it is skipped")]
mod postgres;

const CHEAP: Costs = Costs { memory: 64, passes: 1, lanes: 1 };
const MANY: usize = 20_000;

fn secret() -> Passphrase {
    Passphrase::new("passphrase of the owner")
}

fn code(vault: &Vault, name: &str) -> String {
    let ask = Ask { entity: &Entity::PERSON, identity: name, value: name, word: "PERSON", form: CodeForm::Random };
    vault.code_of(&ask).unwrap()
}

fn ask_all(vault: &Vault, names: &[String]) {
    for name in names {
        black_box(code(vault, name));
    }
}

fn vault(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let mut count = 0;
    on(c, "vault", || {
        count += 1;
        Location::File(folder.path().join(format!("vault{count}")))
    });
    #[cfg(all(feature = "postgres", unix))]
    if let Some(cluster) = postgres::cluster() {
        on(c, "vault on a server", || Location::parse(std::path::Path::new(&cluster.address())).unwrap());
    }
}

fn on(c: &mut Criterion, name: &str, mut room: impl FnMut() -> Location) {
    let mut fresh = || Vault::create(room(), &Lock::Passphrase(secret(), CHEAP), ["PERSON"], 20_000).unwrap();
    let names: Vec<String> = (0..MANY).map(|i| format!("Person Number {i}")).collect();

    let mut group = c.benchmark_group(name);
    group.sample_size(10).throughput(Throughput::Elements(MANY as u64)).measurement_time(Duration::from_secs(8));
    group.bench_function("insert", |bencher| {
        bencher.iter_batched(
            &mut fresh,
            |vault| {
                ask_all(&vault, &names);
                vault.flush().unwrap();
                vault
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("insert, two threads", |bencher| {
        bencher.iter_batched(
            &mut fresh,
            |vault| {
                std::thread::scope(|scope| {
                    for half in names.chunks(MANY / 2) {
                        let vault = &vault;
                        scope.spawn(move || ask_all(vault, half));
                    }
                });
                vault.flush().unwrap();
                vault
            },
            BatchSize::PerIteration,
        );
    });
    let full = fresh();
    ask_all(&full, &names);
    full.flush().unwrap();
    group.bench_function("look up, seen by this process", |bencher| {
        bencher.iter(|| ask_all(&full, &names));
    });
    group.bench_function("look up, seen by another", |bencher| {
        let reopen = || Vault::open(full.location(), OWNER, &Opener::Passphrase(secret()), 20_000).unwrap();
        bencher.iter_batched(
            reopen,
            |vault| {
                ask_all(&vault, &names);
                vault
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("rotate", |bencher| {
        bencher.iter_custom(|times| {
            let start = Instant::now();
            (0..times).for_each(|_| assert!(full.rotate().unwrap() > 0));
            start.elapsed()
        });
    });
    group.finish();

    let list: Vec<Removed> = (0..50)
        .map(|i| Removed {
            segment: i,
            span: Span::new(10, 20),
            entity: Entity::PERSON,
            value: format!("Person {i}"),
            replacement: format!("[PERSON-{i}]"),
            before: "was seen by".to_owned(),
            after: "on the ward".to_owned(),
        })
        .collect();
    let mut number = 0_u64;
    c.bench_function(&format!("{name}/keep 50 removed and flush"), |bencher| {
        bencher.iter(|| {
            number += 1;
            let mut output = [0; 32];
            output[..8].copy_from_slice(&number.to_be_bytes());
            full.keep(&output, &list).unwrap();
            full.flush().unwrap();
        });
    });
}

criterion_group!(benches, vault);
criterion_main!(benches);
