//! Whole stories in the real window, on a real keychain, against the made-up Twilio in a process of its own.
#![cfg(target_os = "linux")]

use std::time::Duration;

use stories::tales::Hang;
use stories::{Desktop, Practice, Teller, Theme, Told, tales};

#[tokio::test]
async fn the_main_job_works_and_is_there_after_a_restart_without_twilio() -> Told {
    let mut teller = Teller::without_pictures();
    let desktop = Desktop::start_watched(Theme::Light).await?;
    let practice = Practice::start(150)?;
    let gone = practice.base().to_owned();
    let handed = tales::main_job(&mut teller, &desktop, &practice).await?;
    drop(practice);
    tales::later(&mut teller, &desktop, &gone, &handed).await?;
    tales::only_this_computer(&mut teller, &desktop).await
}

#[tokio::test]
async fn a_keychain_that_ends_while_a_key_is_made_loses_nothing() -> Told {
    let mut teller = Teller::without_pictures();
    let desktop = Desktop::start_watched(Theme::Light).await?;
    tales::keychain_refuses(&mut teller, &desktop, &Practice::start(20)?).await?;
    tales::only_this_computer(&mut teller, &desktop).await
}

#[tokio::test]
async fn the_page_that_checks_the_computer_finds_what_is_stopped() -> Told {
    let mut teller = Teller::without_pictures();
    let desktop = Desktop::start_watched(Theme::Light).await?;
    tales::check_computer(&mut teller, &desktop, Practice::start(20)?).await?;
    tales::only_this_computer(&mut teller, &desktop).await
}

#[tokio::test]
async fn a_backup_is_restored_on_another_computer_and_its_secret_copied_there() -> Told {
    let old = Desktop::start(Theme::Light).await?;
    let new = Desktop::start(Theme::Light).await?;
    tales::another_computer(
        &mut Teller::without_pictures(),
        &old,
        &new,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_day_after_the_last_backup_the_next_is_made_by_itself() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::daily_backup(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn secrets_are_nowhere_but_in_the_keychain_and_where_they_are_asked_for() -> Told {
    let desktop = Desktop::start_watched(Theme::Light).await?;
    tales::canaries(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_screen_reader_is_told_no_masked_secret_and_a_locked_window_holds_none() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::screen_reader(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_check_of_the_system_that_is_gone_opens_nothing_and_keeps_no_owner_out() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::locked_by_the_system(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn practice_mode_touches_nothing_of_the_real_account() -> Told {
    let mut teller = Teller::without_pictures();
    let desktop = Desktop::start_watched(Theme::Dark).await?;
    tales::practice_door(&mut teller, &desktop).await?;
    tales::only_this_computer(&mut teller, &desktop).await
}

#[tokio::test]
async fn a_keychain_that_hangs_stops_neither_the_window_nor_its_end() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::keychain_hangs(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(150)?,
        Hang {
            lasts: Duration::from_secs(6),
            computer_is_quiet: false,
        },
    )
    .await
}

#[tokio::test]
async fn left_alone_it_locks_refuses_every_call_and_opens_to_the_passphrase() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::locked(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_key_made_under_a_typed_name_has_exactly_that_name_and_its_customers_card() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::new_key(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_subaccount_that_is_renamed_has_its_new_name_at_twilio_and_in_the_list_at_once() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::renamed(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn closing_asks_first_while_a_secret_is_in_a_sealed_copy_only() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::closing_asks(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_page_that_is_loaded_anew_finds_the_running_creation_and_tells_its_end() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::page_anew(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_page_that_ends_comes_back_and_one_that_hangs_does_not_keep_the_program_open() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::page_ends(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_copied_secret_is_taken_off_the_clipboard_however_the_program_ends() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::clipboard_at_the_end(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn there_is_one_window_seen_when_laid_out_and_of_the_size_it_had() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::one_window(&mut Teller::without_pictures(), &desktop).await
}

#[tokio::test]
async fn it_starts_whole_on_any_screen_and_says_what_keeps_it_from_starting() -> Told {
    tales::start(&mut Teller::without_pictures()).await
}

#[tokio::test]
async fn a_crash_with_a_secret_in_memory_leaves_it_nowhere() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::crash(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn no_script_in_the_page_gets_out_of_the_window() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::own_pages(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn of_several_keychain_items_of_one_name_the_working_one_is_used_and_the_rest_go_when_told()
-> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::several_items(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn five_odd_rows_of_a_thousand_cost_themselves_alone() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    tales::odd_rows(&mut Teller::without_pictures(), &desktop).await
}

#[tokio::test]
async fn a_keychain_without_a_keyring_is_not_called_missing_and_its_box_makes_one() -> Told {
    let desktop = Desktop::start_without_keyring().await?;
    tales::no_keyring(
        &mut Teller::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_gateway_that_opens_the_connection_is_sent_nothing_until_it_is_allowed_by_name() -> Told {
    tales::inspected(&mut Teller::without_pictures(), &Practice::start(20)?).await
}
