# ./build.sh package: the Debian package, build/guichet_VERSION_ARCHITECTURE.deb, of what the release preset built.
# packaging/ holds what lies in it besides programs, themes and manual pages.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON) # the programs are built; tests and benchmarks do not belong in it

if(CMAKE_INSTALL_PREFIX_INITIALIZED_TO_DEFAULT)
  set(CMAKE_INSTALL_PREFIX /usr CACHE PATH "Where a package puts things" FORCE)
endif()

install(TARGETS guichet-gen guichet-api RUNTIME DESTINATION bin)
install(DIRECTORY themes DESTINATION share/guichet)
# A portal to look at or to begin with: guichet-gen build --site DIR, guichet-api demo DIR/content/demo/demo.json
install(DIRECTORY content DESTINATION share/guichet/example)
install(FILES api/openapi.json DESTINATION share/guichet)
install(FILES README.md CHANGELOG.md DESTINATION share/doc/guichet)
install(FILES LICENSE DESTINATION share/doc/guichet RENAME copyright)
install(FILES docs/man/guichet-gen.1 DESTINATION share/man/man1)
install(FILES docs/man/guichet-api.8 DESTINATION share/man/man8)
install(FILES packaging/guichet.service DESTINATION /lib/systemd/system)
install(FILES packaging/guichet.conf DESTINATION /etc/guichet)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "Guichet maintainers <maintainers@guichet.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "customer portal for support tickets")
set(CPACK_PACKAGE_DESCRIPTION "guichet-gen turns settings, themes, translations and Markdown into a static site for any\
 web server or CDN; guichet-api holds the tickets that its pages show, and takes and sends the mail about them.")
set(CPACK_SET_DESTDIR ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "nginx | httpd")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${CMAKE_SOURCE_DIR}/packaging/conffiles ${CMAKE_SOURCE_DIR}/packaging/postinst
    ${CMAKE_SOURCE_DIR}/packaging/prerm ${CMAKE_SOURCE_DIR}/packaging/postrm)
include(CPack)
