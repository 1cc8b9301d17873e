package io.terrarium.core;

import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/// A list that comes by pages: its rows are found and counted by one condition.
///
/// @param select the columns and their tables
/// @param counted `FROM` and those of the tables that the condition needs
/// @param condition from `WHERE` on
/// @param order of the rows, which must tell all of them apart
public record PagedQuery(String select, String counted, String condition, String order) {
  /// @param bound gives the condition its values
  public <T> Paged<T> page(Handle db, Page page, UnaryOperator<Query> bound, RowMapper<T> mapper) {
    long count =
        bound
            .apply(db.createQuery("SELECT count(*) " + counted + " " + condition))
            .mapTo(Long.class)
            .one();
    String rows = select + " " + condition + " ORDER BY " + order + " LIMIT :limit OFFSET :offset";
    List<T> found =
        bound
            .apply(db.createQuery(rows))
            .bind("limit", page.size())
            .bind("offset", page.offset())
            .map(mapper)
            .list();
    return new Paged<>(found, page, count);
  }
}
