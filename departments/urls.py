from django.urls import path

from departments.views import directory, people, session

app_name = "departments"
urlpatterns = [
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-in/demo/", session.demo_sign_in, name="demo_sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("switch-post/", session.switch_post, name="switch_post"),
    path("password/", session.password, name="password"),
    path("set-up/", session.set_up, name="set_up"),
    path("departments/", directory.directory, name="directory"),
    path("departments/add/", directory.add_department, name="add_department"),
    path("departments/<int:pk>/edit/", directory.edit_department, name="edit_department"),
    path("departments/<int:pk>/links/", directory.allow_links, name="allow_links"),
    path("people/", people.people, name="people"),
    path("people/engage/", people.engage, name="engage"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/fill-post/", people.fill_post, name="fill_post"),
    path("people/<int:pk>/block/", people.block, name="block"),
    path("people/<int:pk>/unblock/", people.unblock, name="unblock"),
    path("people/<int:pk>/password/", people.new_password, name="new_password"),
    path("posts/<int:pk>/end/", people.end_post, name="end_post"),
]
