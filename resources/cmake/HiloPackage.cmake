# What is installed, and the Debian package that `cpack` makes in the build folder.
include(GNUInstallDirs)
set(application_id io.github.hilo_workbench.HiloWorkbench)
foreach(program hilo hilo-engine hilo-workbench)
    if(TARGET ${program})
        install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    endif()
endforeach()
# Beside the program as resourcesFolder() and the start page look for them.
install(DIRECTORY resources/prompts resources/benchmarks resources/help DESTINATION ${CMAKE_INSTALL_DATADIR}/hilo/resources)
install(DIRECTORY projects/gloss-classes projects/word-skills DESTINATION ${CMAKE_INSTALL_DATADIR}/hilo-workbench/projects
        PATTERN runs EXCLUDE PATTERN studies EXCLUDE PATTERN prepare EXCLUDE PATTERN ".workbench.lock" EXCLUDE
        PATTERN "workbench.db*" EXCLUDE PATTERN "*.sh" EXCLUDE)
if(HILO_WORKBENCH)
    install(FILES resources/desktop/${application_id}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
    install(FILES resources/desktop/${application_id}.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
    install(FILES resources/desktop/${application_id}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
    install(FILES resources/icons/hilo-workbench.svg
            DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps RENAME ${application_id}.svg)
endif()
install(FILES LICENSE README.md CHANGELOG.md resources/debian/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/hilo-workbench)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME hilo-workbench)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The HILO Workbench authors <hilo-workbench@localhost>")
set(CPACK_DEBIAN_PACKAGE_SECTION science)
# Libraries are found by dpkg-shlibdeps; plug-ins and the fast BLAS are opened at run time only.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "qt6-qpa-plugins, libopenblas0-pthread | libopenblas0")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-dejavu-core, qt6-translations-l10n")
include(CPack)
