# LibTorch 1.13 (Debian) to 2.x (CMAKE_PREFIX_PATH or the one inside Python's torch package).
find_package(Torch REQUIRED)
add_library(hilo_torch INTERFACE)
# SYSTEM: our warnings are errors, LibTorch's are not ours to mend.
target_include_directories(hilo_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(hilo_torch INTERFACE ${TORCH_LIBRARIES})
