// The other header that the build looks for first.
#include <torch/torch.h>
