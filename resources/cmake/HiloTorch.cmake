# LibTorch 1.13 (Debian) to 2.x. CUDA is on when CMAKE_PREFIX_PATH names a LibTorch that was built with it: an unpacked
# libtorch, or the torch folder (or its share/cmake) of a Python environment.
set(HILO_TORCH_ROOT "")
string(REPLACE ":" ";" HILO_TORCH_PLACES "${CMAKE_PREFIX_PATH};$ENV{CMAKE_PREFIX_PATH}")
foreach(place IN LISTS HILO_TORCH_PLACES)
    foreach(above "" "/../..")
        if(place AND EXISTS "${place}${above}/lib/libtorch_cuda.so" AND NOT HILO_TORCH_ROOT)
            get_filename_component(HILO_TORCH_ROOT "${place}${above}" REALPATH)
        endif()
    endforeach()
endforeach()

add_library(hilo_torch INTERFACE)
if(HILO_TORCH_ROOT)
    # Not find_package(Torch): its CUDA part wants every library of a whole toolkit, even of those that are never
    # called, and asks the machine for its GPU; a build machine may have none.
    set(HILO_CUDA ON)
    include(HiloCuda)
    file(STRINGS "${HILO_TORCH_ROOT}/share/cmake/Torch/TorchConfig.cmake" oldAbi REGEX "_GLIBCXX_USE_CXX11_ABI=0")
    if(oldAbi)
        message(FATAL_ERROR "${HILO_TORCH_ROOT} was built with the C++ ABI of before GCC 5, which no other library here "
                            "has. Use LibTorch 2.6 or newer.")
    endif()
    set(TORCH_INCLUDE_DIRS "${HILO_TORCH_ROOT}/include" "${HILO_TORCH_ROOT}/include/torch/csrc/api/include"
                           ${CUDAToolkit_INCLUDE_DIRS})
    foreach(library torch torch_cpu torch_cuda c10 c10_cuda)
        list(APPEND TORCH_LIBRARIES "${HILO_TORCH_ROOT}/lib/lib${library}.so")
    endforeach()
    # LibTorch loads its CUDA half only when something needs it; its own libraries (cuDNN, NCCL, …) are found by it.
    list(PREPEND TORCH_LIBRARIES "-Wl,--push-state,--no-as-needed" "-Wl,--allow-shlib-undefined")
    list(APPEND TORCH_LIBRARIES "-Wl,--pop-state" CUDA::cudart)
else()
    set(HILO_CUDA OFF)
    find_package(Torch REQUIRED)
endif()
# SYSTEM: our warnings are errors, LibTorch's are not ours to mend.
target_include_directories(hilo_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(hilo_torch INTERFACE ${TORCH_LIBRARIES})
add_feature_info(CUDA HILO_CUDA "trains on NVIDIA GPUs (set CMAKE_PREFIX_PATH to a LibTorch with CUDA)")
