//! The sheets that figures are counted on, held against a recount of the rows one by one, after random histories that the
//! working rooms and the product's own transition function let through. `WEIGE_HISTORIES` sets how many histories are
//! lived (3 unless told); a failure names the seed.

mod ceiling;
mod life;
mod recount;

use std::collections::BTreeSet;

use life::Life;
use recount::Recount;
use rules::case::{Limit, Unit};
use rules::figures::{Figure, Part};
use rules::settings::Settings;
use testkit::{House, on_both_houses};
use time::Duration;
use work::figures::{Counted, figures, rows};
use work::follow::{Follower, catch_up, rebuild_figures};

/// Steps of one history.
const STEPS: usize = 160;

fn histories() -> u64 {
    let told = std::env::var("WEIGE_HISTORIES").ok();
    told.and_then(|n| n.parse().ok()).unwrap_or(3)
}

/// Lays down by when reporters with a telephone number must hear something, so that there is a response to count.
async fn lay_down(house: &House) {
    let mut settings = Settings::default();
    settings.case.first_answer_within = Some(Limit {
        unit: Unit::WorkHour,
        n: 4,
    });
    let text = serde_json::to_string(&settings).expect("a text");
    let save = async move |unit: &store::Unit| unit.save_settings(&text).await;
    let saved = house
        .store
        .unit::<_, store::Error, _>(house.community, save);
    saved.await.expect("kept");
    house.refresh_net().await.expect("the net is read again");
}

async fn follow(house: &House) {
    let caught_up = catch_up(&house.store, Follower::Figures, house.community).await;
    caught_up.expect("the follower keeps up");
}

on_both_houses! {
    async fn after_any_history_the_sheets_say_what_a_recount_of_the_rows_says(house: House) {
        lay_down(&house).await;
        let mut taken = BTreeSet::new();
        for seed in 1..=histories() {
            let mut life = Life::new(seed);
            // Looked at on the way, so that sheets and what is kept of them in memory change bit by bit.
            for part in 0..4 {
                life.live(&house, STEPS / 4).await;
                follow(&house).await;
                let recount = Recount::of(&house, &life).await;
                if let Err(difference) = recount.agrees(&house).await {
                    panic!("seed {seed}, part {part}: {difference}");
                }
            }
            taken.extend(life.taken);
        }
        for command in ["file", "fix", "dispatch", "accept", "return", "handle", "check", "rate", "reopen"] {
            assert!(taken.contains(command), "{command} was never taken, only {taken:?}");
        }
    }

    async fn counted_anew_from_the_first_entry_the_sheets_say_the_same(house: House) {
        lay_down(&house).await;
        let mut life = Life::new(77);
        life.live(&house, STEPS).await;
        follow(&house).await;
        rebuild_figures(&house.store, house.community).await.expect("counted anew");
        Recount::of(&house, &life).await.agrees(&house).await.expect("the same");
    }

    async fn a_follower_that_misses_entries_is_found_out_by_the_recount(house: House) {
        let mut life = Life::new(5);
        life.live(&house, STEPS).await;
        follow(&house).await;
        let number = life.tell(&house).await;
        follow(&house).await;
        Recount::of(&house, &life).await.agrees(&house).await.expect("nothing is missed yet");

        house.later(Duration::minutes(1));
        life.file(&house, &number).await;
        let (store, community) = (&house.store, house.community);
        let head = store.reader().journal_head(community).await.expect("a head");
        let name = Follower::Figures.name();
        let from = store.reader().cursor(name, community).await.expect("a cursor");
        assert!(from < head, "there is something to miss");
        let skip = async move |unit: &store::Unit| unit.move_cursor(name, from, head).await;
        store.unit::<_, store::Error, _>(community, skip).await.expect("skipped");

        let recount = Recount::of(&house, &life).await;
        let difference = recount.agrees(&house).await.expect_err("the sheets are behind the rows");
        assert!(difference.contains("recounted as"), "{difference}");
        rebuild_figures(store, community).await.expect("counted anew");
        recount.agrees(&house).await.expect("mended");
    }

    async fn whatever_room_there_is_in_memory_every_question_gets_the_same_answer(house: House) {
        let cases = ceiling::keep(&house).await;
        let questions = {
            let net = house.net();
            recount::questions(&house, net.community_by_id(house.community).expect("the community"))
        };
        let mut wanted: Vec<String> = Vec::new();
        // All of it; about half of it; not one sheet.
        for bytes in [work::figures::MEMORY, 150_000, 0] {
            let asked = ceiling::with_room(&house, bytes).await;
            ceiling::agrees(&asked, house.community, &cases).await;
            let mut said = Vec::new();
            for question in &questions {
                let answer = figures(&asked, house.community, question).await.expect("figures");
                let desk = asked.asker_of("desk").await.expect("the desk");
                let opened = rows(&asked, &desk, question, Counted::In(Figure::Closing, Part::Denominator), 3).await.expect("rows");
                said.push(format!("{question:?} {answer:?} {}", opened.total));
            }
            if wanted.is_empty() {
                wanted = said;
            } else {
                assert_eq!(said, wanted, "with {bytes} bytes");
            }
        }
    }
}
