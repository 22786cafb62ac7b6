# What is installed, in four components that are Debian packages of their own when `cpack` is called in the build folder:
# hilo (the command line), hilo-engine, hilo-workbench, hilo-doc. resources/scripts/release.sh makes all of a release.
include(GNUInstallDirs)
set(application_id io.github.hilo_workbench.HiloWorkbench)
set(package_files ${CMAKE_BINARY_DIR}/package)
set(pages ${CMAKE_INSTALL_MANDIR}/man1)

# What a distribution's packages are called, so that an update of the system updates them: 0.2.0~deb12.
set(distribution "")
if(EXISTS /etc/os-release)
    file(STRINGS /etc/os-release told REGEX "^(ID|VERSION_ID)=")
    foreach(line IN LISTS told)
        if(line MATCHES "^(ID|VERSION_ID)=\"?([a-z0-9.]+)\"?$")
            set(os_${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
        endif()
    endforeach()
    if(os_ID STREQUAL debian)
        set(distribution ~deb${os_VERSION_ID})
    elseif(os_ID STREQUAL ubuntu)
        set(distribution ~ubuntu${os_VERSION_ID})
    endif()
endif()

# Manual pages and shell completion are what the programs say of themselves. Instrumented programs are no release.
if(HILO_ENGINE AND NOT HILO_SANITIZE)
    set(package_programs hilo-engine)
    set(package_arguments -DENGINE=$<TARGET_FILE:hilo-engine>)
    if(HILO_WORKBENCH)
        list(APPEND package_programs hilo-workbench)
        list(APPEND package_arguments -DWORKBENCH=$<TARGET_FILE:hilo-workbench>)
    endif()
    add_custom_command(OUTPUT ${package_files}/made
        COMMAND ${CMAKE_COMMAND} ${package_arguments} -DVERSION=${PROJECT_VERSION} -DSUFFIX=${distribution} -DOUTPUT=${package_files}
                -DCHANGES=${CMAKE_SOURCE_DIR}/CHANGELOG.md -P ${CMAKE_SOURCE_DIR}/resources/cmake/package_files.cmake
        DEPENDS ${package_programs} CHANGELOG.md resources/cmake/package_files.cmake
        COMMENT "Writing manual pages and shell completion" VERBATIM)
    add_custom_target(package_files ALL DEPENDS ${package_files}/made)
    install(DIRECTORY ${package_files}/man/ DESTINATION ${pages} COMPONENT hilo PATTERN "hilo-engine.*" EXCLUDE
            PATTERN "hilo-workbench.*" EXCLUDE)
    install(FILES ${package_files}/man/hilo-engine.1.gz DESTINATION ${pages} COMPONENT engine)
    install(FILES ${package_files}/completion/hilo
            DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT hilo)
    install(FILES ${package_files}/completion/_hilo DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT hilo)
    install(FILES ${package_files}/completion/hilo.fish
            DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT hilo)
    install(TARGETS hilo RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT hilo)
    install(TARGETS hilo-engine RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT engine)
endif()
# Beside the program as resourcesFolder() and the start page look for them.
install(DIRECTORY resources/prompts resources/benchmarks resources/help DESTINATION ${CMAKE_INSTALL_DATADIR}/hilo/resources
        COMPONENT hilo)
if(HILO_WORKBENCH)
    install(TARGETS hilo-workbench RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT workbench)
    if(TARGET package_files)
        install(FILES ${package_files}/man/hilo-workbench.1.gz DESTINATION ${pages} COMPONENT workbench)
    endif()
    install(DIRECTORY projects/gloss-classes projects/word-skills DESTINATION ${CMAKE_INSTALL_DATADIR}/hilo-workbench/projects
            COMPONENT workbench PATTERN runs EXCLUDE PATTERN studies EXCLUDE PATTERN prepare EXCLUDE
            PATTERN ".workbench.lock" EXCLUDE PATTERN "workbench.db*" EXCLUDE PATTERN "*.sh" EXCLUDE)
    install(FILES resources/desktop/${application_id}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications
            COMPONENT workbench)
    install(FILES resources/desktop/${application_id}.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages
            COMPONENT workbench)
    install(FILES resources/desktop/${application_id}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo
            COMPONENT workbench)
    install(FILES resources/icons/hilo-workbench.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps
            RENAME ${application_id}.svg COMPONENT workbench)
endif()
install(FILES README.md CONTRIBUTING.md SECURITY.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT doc)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT doc)
# Those that README shows.
install(DIRECTORY resources/pictures DESTINATION ${CMAKE_INSTALL_DOCDIR}/resources COMPONENT doc
        FILES_MATCHING PATTERN "*-light.png" PATTERN "try-dark.png")

# Each package has the changes and the licences of its own.
set(packages hilo)
foreach(part engine workbench doc)
    if(part STREQUAL doc OR (part STREQUAL engine AND HILO_ENGINE) OR (part STREQUAL workbench AND HILO_WORKBENCH))
        list(APPEND packages ${part})
    endif()
endforeach()
foreach(part IN LISTS packages)
    set(package hilo-${part})
    if(part STREQUAL hilo)
        set(package hilo)
    endif()
    string(TOUPPER ${part} PART)
    set(CPACK_DEBIAN_${PART}_PACKAGE_NAME ${package})
    install(FILES resources/debian/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${part})
    if(TARGET package_files)
        install(FILES ${package_files}/changelog.gz DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${part})
    endif()
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME hilo-workbench)
set(CPACK_DEBIAN_PACKAGE_VERSION ${PROJECT_VERSION}${distribution})
# Each package says what it is; a common sentence would be put before all of them.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL ${packages})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The HILO Workbench authors <hilo-workbench@users.noreply.github.com>")
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_DOC_PACKAGE_SECTION doc)
set(CPACK_DEBIAN_DOC_PACKAGE_ARCHITECTURE all)
# Libraries are found by dpkg-shlibdeps; plug-ins and the fast BLAS are opened at run time only.
set(CPACK_DEBIAN_HILO_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_ENGINE_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_WORKBENCH_PACKAGE_SHLIBDEPS ON)
set(same "(= ${CPACK_DEBIAN_PACKAGE_VERSION})")
set(CPACK_DEBIAN_HILO_PACKAGE_RECOMMENDS "hilo-engine ${same}")
set(CPACK_DEBIAN_HILO_PACKAGE_SUGGESTS "hilo-doc, hilo-workbench")
set(CPACK_DEBIAN_ENGINE_PACKAGE_DEPENDS "hilo ${same}, libopenblas0-pthread | libopenblas0")
set(CPACK_DEBIAN_WORKBENCH_PACKAGE_DEPENDS "hilo ${same}, hilo-engine ${same}, qt6-qpa-plugins")
set(CPACK_DEBIAN_WORKBENCH_PACKAGE_RECOMMENDS "fonts-dejavu-core, qt6-translations-l10n, libnotify-bin")
set(CPACK_DEBIAN_HILO_DESCRIPTION "fine-tuning with a mixture of LoRA experts, command line
The command hilo looks into language models, decides how many LoRA experts
each module of a layer gets and which rank each of them has, compares runs,
and exports adapters. What computes with a model needs hilo-engine.")
set(CPACK_DEBIAN_ENGINE_DESCRIPTION "fine-tuning with a mixture of LoRA experts, engine
What trains, evaluates and profiles language models for hilo and HILO
Workbench, by LibTorch.")
set(CPACK_DEBIAN_WORKBENCH_DESCRIPTION "fine-tuning with a mixture of LoRA experts, workbench
A window to see how complex each layer of a language model is, to decide on
experts and ranks, to train and compare runs, to try the result and to export
it. With sample projects.")
set(CPACK_DEBIAN_DOC_DESCRIPTION "fine-tuning with a mixture of LoRA experts, documentation
File formats, methods with their sources, measured results, and how to use
HILO Workbench and its command line.")
include(CPack)
