# LibTorch 1.13 (Debian) to 2.x (CMAKE_PREFIX_PATH or the one inside Python's torch package).
# A LibTorch with CUDA asks the machine for its GPU unless told; a build machine may have none.
if(NOT DEFINED TORCH_CUDA_ARCH_LIST)
    set(TORCH_CUDA_ARCH_LIST "8.0;9.0a")
endif()
find_package(Torch REQUIRED)
add_library(hilo_torch INTERFACE)
# SYSTEM: our warnings are errors, LibTorch's are not ours to mend.
target_include_directories(hilo_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(hilo_torch INTERFACE ${TORCH_LIBRARIES})
