from django.urls import path

from departments.views import dictionaries, directory, people, session

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
    path("county/", dictionaries.county, name="county"),
    path("categories/", dictionaries.categories, name="categories"),
    path("categories/add/", dictionaries.add_category, name="add_category"),
    path("categories/<int:pk>/edit/", dictionaries.edit_category, name="edit_category"),
    path("categories/<int:pk>/switch/", dictionaries.switch_category, name="switch_category"),
    path("categories/<int:pk>/remove/", dictionaries.remove_category, name="remove_category"),
    path("routes/", dictionaries.routes, name="routes"),
    path("routes/<slug:kind>/<slug:sender>/", dictionaries.edit_routes, name="edit_routes"),
    path("people/", people.people, name="people"),
    path("people/engage/", people.engage, name="engage"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/fill-post/", people.fill_post, name="fill_post"),
    path("people/<int:pk>/block/", people.block, name="block"),
    path("people/<int:pk>/unblock/", people.unblock, name="unblock"),
    path("people/<int:pk>/password/", people.new_password, name="new_password"),
    path("posts/<int:pk>/end/", people.end_post, name="end_post"),
]
