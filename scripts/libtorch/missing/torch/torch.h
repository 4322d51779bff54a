// Found by the build of the feature `rust-bert` only where libtorch itself is not (the folder is
// searched last, see .cargo/config.toml): says what to do instead of "no such file". The second
// line ends the compilation, which would go on after the first.
#error "libtorch is missing: run scripts/setup-libtorch, then build again"
#include "libtorch: run scripts/setup-libtorch, then build again"
