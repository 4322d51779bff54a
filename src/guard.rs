//! Panics kept where they happen: a document or a model file that breaks an
//! assumption somewhere must cost itself, not the run.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` and gives a panic's message as an error.
///
/// # Errors
/// What the panic said.
///
/// ```
/// assert_eq!(diptych::guard::caught(|| 1 + 1), Ok(2));
/// assert_eq!(diptych::guard::caught(|| -> u8 { panic!("so {}", 1) }), Err("so 1".into()));
/// ```
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.map_err(|panic| message(&*panic))
}

/// Keeps guarded panics off standard error; all others print as ever. For the
/// program's start; libraries leave the hook to their user.
pub fn silence_guarded() {
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !GUARDED.get() {
            print(info);
        }
    }));
}

fn message(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
        .unwrap_or_else(|| "it panicked".into())
}
