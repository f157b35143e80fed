# GUICHET_SANITIZE: a list for -fsanitize= ("address;undefined", "thread"). The first finding ends the program.
set(GUICHET_SANITIZE "" CACHE STRING "Sanitizers to build with")
option(GUICHET_FUZZ "Build the fuzzers (clang only)" OFF)
option(GUICHET_COVERAGE "Count what the tests run through" OFF)

if(GUICHET_SANITIZE)
  list(JOIN GUICHET_SANITIZE "," sanitizers)
  add_compile_options(-fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${sanitizers})
endif()

# Everything is instrumented, so that the fuzzers see which way their input went; only they get libFuzzer's main.
if(GUICHET_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()

if(GUICHET_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
